import type { RunReader } from '@reluctant/core';
import { requireDistinctRuns, type ExportedFile, type ExportOptions } from '../export-options.js';
import { OutputFolder } from '../files/output-folder.js';
import { csvSink } from './csv.js';
import { eventRows } from './event-rows.js';
import { parquetSink, type Compression } from './parquet.js';
import { runRow, siteRows } from './run-rows.js';
import { TABLES, type Block, type TableName } from './table.js';
import type { TableSink } from './table-sink.js';

export interface TableExportOptions extends ExportOptions {
  readonly format: 'csv' | 'parquet';
  /** Of Parquet's pages. */
  readonly compression?: Compression;
}

/**
 * Writes the tables of runs, one file a table and all runs in it, finished or not. Rows are in the order of the runs and of their events.
 * Memory does not grow with the length of the runs.
 * @throws `USAGE` for no run, a run that is named twice or files that are there already; `STORE_FAILED`; the readers' own errors
 */
export async function exportTables(
  readers: readonly RunReader[],
  { folder, format, force = false, compression = 'snappy', signal, onProgress }: TableExportOptions,
): Promise<readonly ExportedFile[]> {
  requireDistinctRuns(readers);
  const output = new OutputFolder(folder, force);
  try {
    const sinks = new Map<TableName, TableSink>();
    for (const table of TABLES) {
      const file = await output.file(`${table.name}.${format}`);
      sinks.set(table.name, format === 'csv' ? await csvSink(file, table) : parquetSink(file, table, compression));
    }
    const rows = new Map(TABLES.map(({ name }) => [name, 0]));
    const add = async (table: TableName, block: Block) => {
      rows.set(table, rows.get(table)! + block.rows);
      await sinks.get(table)!.add(block);
    };
    for (const [done, reader] of readers.entries()) {
      await addRun(reader, add, signal);
      onProgress?.(done + 1, readers.length);
    }
    for (const sink of sinks.values()) await sink.end();
    const paths = await output.commit();
    return TABLES.map(({ name }, index) => ({ path: paths[index], rows: rows.get(name)! }));
  } finally {
    await output.discard();
  }
}

async function addRun(
  reader: RunReader,
  add: (table: TableName, block: Block) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { summary } = reader;
  const sites = summary.manifest.network?.sites ?? [];
  const depths = new Map(sites.map(({ name, depth }) => [name, depth]));
  await add('runs', runRow(summary));
  for (const row of siteRows(summary)) await add('sites', row);
  for await (const event of reader.events()) {
    signal?.throwIfAborted();
    for (const [table, block] of eventRows(summary.id, depths, event)) await add(table, block);
  }
}
