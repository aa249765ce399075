import type { DuckDBConnection } from '@duckdb/node-api';
import type { RunSummary } from '@reluctant/core';
import { readOpenRecord, type OpenRecord } from './open-record.js';
import { recordFiles } from './record-files.js';
import { MACROS, recordViews } from './record-views.js';

const TABLES = `
  CREATE SCHEMA record;
  CREATE TABLE record.manifests(run VARCHAR, name VARCHAR, created_at VARCHAR, status VARCHAR, config VARCHAR, manifest JSON);
  CREATE TABLE record.files(run VARCHAR, filename VARCHAR, last_seq BIGINT);
  CREATE TABLE record.open_lines(run VARCHAR, line VARCHAR);
  CREATE TABLE record.open_values(run VARCHAR, seq BIGINT, line JSON);`;

/**
 * Makes the schema `record`, over which the views are defined. Runs that have ended are read where they lie, when a query asks for
 * them; of runs that are open, log and spool are copied as they are now.
 * @returns the files that queries will read
 */
export async function createRecord(
  connection: DuckDBConnection,
  summaries: readonly RunSummary[],
): Promise<readonly string[]> {
  await connection.run(MACROS + TABLES);
  await insert(
    connection,
    'manifests',
    summaries.map(({ id, name, createdAt, status, manifest }) => {
      return [id, name, createdAt, status, JSON.stringify(manifest.config), JSON.stringify(manifest)];
    }),
  );
  const logs: string[] = [];
  const parts: string[] = [];
  for (const summary of summaries) {
    const files = await recordFiles(summary);
    const { run } = files;
    const copy = files.open ? await readOpenRecord(files) : undefined;
    const read = (copy ?? files).parts.map(({ path }) => path);
    parts.push(...read);
    if (!copy && files.log !== undefined) {
      logs.push(files.log);
      read.push(files.log);
    }
    const last = copy?.lastSeq ?? Number.MAX_SAFE_INTEGER;
    await insert(
      connection,
      'files',
      read.map((path) => [run, path, last]),
    );
    if (copy) await insertOpen(connection, run, copy);
  }
  await connection.run(recordViews(logs, parts));
  return [...logs, ...parts];
}

async function insertOpen(connection: DuckDBConnection, run: string, { lines, spool }: OpenRecord): Promise<void> {
  await insert(
    connection,
    'open_lines',
    lines.map((line) => [run, line]),
  );
  await insert(
    connection,
    'open_values',
    spool.map(({ seq, line }) => [run, seq, line]),
  );
}

/** Rows go through an appender: nothing in them is ever read as SQL. */
async function insert(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const appender = await connection.createAppender(table, 'record');
  for (const row of rows) {
    for (const cell of row) {
      if (typeof cell === 'string') appender.appendVarchar(cell);
      else appender.appendBigInt(BigInt(cell));
    }
    appender.endRow();
  }
  appender.closeSync();
}
