import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import { ReluctantError, RunStore, type RunSummary } from '@reluctant/core';
import { OutputFile } from '@reluctant/export';
import type { QuerySession } from '@reluctant/query';
import { plainText } from '../../output/plain-text.js';
import { whileWatched } from '../../run-with-progress.js';
import type { CommandContext } from '../command-context.js';
import { listViews } from './list-views.js';
import { writeResult, type ResultFormat, type TextFormat } from './result-formats.js';

export interface QueryCommandOptions {
  readonly file?: string;
  readonly run: readonly string[];
  readonly format?: ResultFormat;
  readonly out?: string;
  readonly memory?: string;
  readonly views?: boolean;
}

const EXTENSIONS: Readonly<Record<string, ResultFormat>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.md': 'markdown',
  '.parquet': 'parquet',
  '.txt': 'table',
};

/** `reluctant query SQL`: asks the records of runs. */
export async function query(
  context: CommandContext,
  sql: string | undefined,
  options: QueryCommandOptions,
): Promise<void> {
  if (options.views) return listViews(context.output);
  const format = formatOf(options, context.output.json);
  const statement = await statementOf(sql, options.file);
  const summaries = await runsOf(context, options.run);
  if (summaries.length === 0) context.output.note(`No runs in ${context.runs}: the views are empty.`);
  const { openQuerySession } = await loadQuery();
  const file = options.out === undefined ? undefined : await OutputFile.create(options.out);
  try {
    await whileWatched(context.output, 'Stopping the query.', async ({ signal, display }) => {
      display.preparing('Asking');
      const session = await openQuerySession(summaries, { memory: options.memory, parquet: file?.temporary });
      try {
        const count = await answer(session, statement, format, signal, file, () => display.stop());
        await file?.commit();
        if (file) context.output.note(`${plainText(file.path, 200)}${count === undefined ? '' : `: ${count.toLocaleString('en')} rows`}`); // prettier-ignore
      } finally {
        session.close();
      }
    });
  } finally {
    await file?.discard();
  }
}

/** DuckDB is a large native library, which no other command waits for, and which there is not for every system. */
async function loadQuery(): Promise<typeof import('@reluctant/query')> {
  try {
    return await import('@reluctant/query');
  } catch (error) {
    const during = "DuckDB can't be loaded here; `reluctant export` writes the same tables without it";
    throw ReluctantError.from(error, 'ENGINE_UNAVAILABLE', during);
  }
}

/** @returns how many rows there are, undefined where DuckDB wrote them itself */
async function answer(
  session: QuerySession,
  statement: string,
  format: ResultFormat,
  signal: AbortSignal,
  file: OutputFile | undefined,
  beforePrinting: () => void,
): Promise<number | undefined> {
  if (format === 'parquet') {
    await session.writeParquet(statement, signal);
    return undefined;
  }
  const result = await session.query(statement, signal);
  const write = file ? (part: string) => file.write(part) : print;
  return writeResult(result, format satisfies TextFormat, async (part) => {
    beforePrinting();
    await write(part);
  });
}

/** Waits while whoever reads is slower. */
async function print(part: string): Promise<void> {
  if (!process.stdout.write(part)) await once(process.stdout, 'drain');
}

function formatOf({ format, out }: QueryCommandOptions, json: boolean): ResultFormat {
  if (out === undefined) {
    if (json && format !== undefined && format !== 'json') {
      throw new ReluctantError('USAGE', `--json and --format ${format} exclude each other. Give one, or --out.`);
    }
    if (format === 'parquet') {
      throw new ReluctantError('USAGE', 'Parquet goes to a file: name it with --out.');
    }
    return format ?? (json ? 'json' : 'table');
  }
  const known = format ?? EXTENSIONS[extname(out).toLowerCase()];
  if (known) return known;
  throw new ReluctantError('USAGE', `--out ${JSON.stringify(out)} does not tell the format: give --format as well.`);
}

async function statementOf(sql: string | undefined, file: string | undefined): Promise<string> {
  if ((sql === undefined) === (file === undefined)) {
    throw new ReluctantError('USAGE', 'Give one query: as an argument, as - for standard input, or with --file.');
  }
  if (sql !== undefined) return sql === '-' ? text(process.stdin) : sql;
  try {
    return await readFile(file!, 'utf8');
  } catch (error) {
    throw ReluctantError.from(error, 'USAGE', `The query can't be read from ${file}`);
  }
}

async function runsOf({ container }: CommandContext, runs: readonly string[]): Promise<readonly RunSummary[]> {
  const store = container.get(RunStore);
  if (runs.length > 0) return Promise.all(runs.map(async (run) => (await store.open(run)).summary));
  const all: RunSummary[] = [];
  for await (const summary of store.list()) all.push(summary);
  return all;
}
