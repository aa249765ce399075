import { DuckDBInstance, StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { ReluctantError, type RunSummary } from '@reluctant/core';
import { createRecord } from '../record/create-record.js';
import { SCHEMA, VIEWS } from '../views/views.js';
import { cellOf, type Cell } from './cell.js';
import { queryError } from './query-error.js';
import { identifier, literal, literalList } from './sql-text.js';

export interface QueryOptions {
  /** How much memory a query may take, e.g. `2GB`. Nothing is written to the disk instead. */
  readonly memory?: string;
  /** A file that `writeParquet` may write. */
  readonly parquet?: string;
}

export interface ResultColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly type: string;
}

export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  /** Rows as they are found, some thousands at a time. */
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>;
}

export interface QuerySession {
  /**
   * Answers one SELECT statement.
   * @throws `QUERY_INVALID` with the place in the statement; `RUN_CORRUPT`; the signal's reason
   */
  query(sql: string, signal?: AbortSignal): Promise<QueryResult>;
  /** Writes the answer to the session's Parquet file, with DuckDB's own types. */
  writeParquet(sql: string, signal?: AbortSignal): Promise<void>;
  close(): void;
}

const DEFAULT_MEMORY = '2GB';
const MEMORY = /^\d+(\.\d+)?\s*[KMGT]i?B$/i;

/**
 * Opens the records of runs to SQL, by the views of `SCHEMA`. Queries can read these records and nothing else: no other file, no
 * network, no extension; and they can change nothing, since a statement that is no SELECT is refused.
 * @throws `USAGE` for two runs of one id or a memory size that is none, `STORE_FAILED`, `RUN_CORRUPT`
 */
export async function openQuerySession(
  summaries: readonly RunSummary[],
  { memory = DEFAULT_MEMORY, parquet }: QueryOptions = {},
): Promise<QuerySession> {
  requireValid(summaries, memory);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    memory_limit: memory,
    temp_directory: '',
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const files = await createRecord(connection, summaries);
    await connection.run(viewStatements());
    await lock(connection, parquet === undefined ? files : [...files, parquet]);
  } catch (error) {
    close();
    throw queryError(error);
  }
  return {
    query: (sql, signal) => guarded(connection, signal, () => select(connection, sql, signal)),
    writeParquet: (sql, signal) =>
      guarded(connection, signal, async () => {
        await requireSelect(connection, sql);
        // Unlike COPY (…), query() takes a statement with its semicolon and comments, and it takes only a SELECT.
        await connection.run(
          `COPY (FROM query(${literal(sql)})) TO ${literal(parquet!)} (FORMAT parquet, USE_TMP_FILE false)`,
        );
      }),
    close,
  };
}

function requireValid(summaries: readonly RunSummary[], memory: string): void {
  if (!MEMORY.test(memory)) {
    throw new ReluctantError('USAGE', `${JSON.stringify(memory)} is no size of memory. Give one like 500MB or 4GB.`);
  }
  const ids = new Set<string>();
  for (const { id, path } of summaries) {
    if (ids.has(id)) {
      throw new ReluctantError(
        'USAGE',
        `Two of the runs are called ${id}, one of them in ${path}. Ask of one of them.`,
      );
    }
    ids.add(id);
  }
}

function viewStatements(): string {
  const views = VIEWS.map(({ name, columns, select: definition }) => {
    const names = columns.map((column) => identifier(column.name));
    return `CREATE VIEW ${SCHEMA}.${name}(${names.join(', ')}) AS ${definition};`;
  });
  return `CREATE SCHEMA ${SCHEMA}; ${views.join('\n')} SET search_path = '${SCHEMA},main';`;
}

/** After this nothing but `files` can be reached, and that can't be changed any more. */
async function lock(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  await connection.run(`
    SET allowed_paths = ${literalList(files)};
    SET enable_external_access = false;
    SET lock_configuration = true;`);
}

async function select(connection: DuckDBConnection, sql: string, signal?: AbortSignal): Promise<QueryResult> {
  await requireSelect(connection, sql);
  const result = await connection.stream(sql);
  const types = result.columnTypes();
  const columns = result.deduplicatedColumnNames().map((name, index) => ({ name, type: types[index].toString() }));
  async function* rows() {
    for (;;) {
      const chunk = await guarded(connection, signal, () => result.fetchChunk());
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.convertRows((value, type) => cellOf(value, type));
    }
  }
  return { columns, rows: rows() };
}

async function requireSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  if (sql.trim() === '') throw new ReluctantError('QUERY_INVALID', 'The query is empty. Give a SELECT statement.');
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new ReluctantError('QUERY_INVALID', `Give one SELECT statement; this is ${statements.count}.`);
  }
  const statement = await statements.prepare(0);
  try {
    if (statement.statementType !== StatementType.SELECT) {
      throw new ReluctantError('QUERY_INVALID', 'Records can only be read: give a SELECT statement.');
    }
  } finally {
    statement.destroySync();
  }
}

/** Does something with the connection, and stops DuckDB where the signal is aborted meanwhile. */
async function guarded<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  body: () => Promise<T>,
): Promise<T> {
  const interrupt = () => connection.interrupt();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', interrupt);
  try {
    return await body();
  } catch (error) {
    signal?.throwIfAborted();
    throw queryError(error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
