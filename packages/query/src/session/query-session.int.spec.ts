import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { RunManifest, RunSummary } from '@reluctant/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXAMPLES } from '../views/examples.js';
import { VIEWS } from '../views/views.js';
import { openQuerySession, type QueryOptions } from './query-session.js';

const site = { name: 'relu', layer: 'relu', depth: 1, kind: 'conv', units: 2, positions: 4, skip: false } as const;
const READING = { probe: 'activation-probability', site: 'relu', on: 'probe-split', step: 0, epoch: 0, images: 5 };
const EVENTS: readonly object[] = [
  {
    type: 'step.completed',
    step: 1,
    epoch: 0.5,
    loss: '$number:NaN',
    correct: 1,
    size: 4,
    learningRate: 0.1,
    seconds: 2,
  },
  {
    type: 'step.completed',
    step: 2,
    epoch: 1,
    loss: '$number:-Infinity',
    correct: 3,
    size: 4,
    learningRate: 1e-320,
    seconds: 2,
  },
  {
    type: 'probe.reading',
    reading: { ...READING, units: { pr: 2, fired: 2 }, layer: { mean: 0.30000000000000004, 'a"b.c': 7 } },
  },
  { type: 'unit.died', probe: 'unit-lifecycle', site: 'relu', unit: 1, step: 2, epoch: 1 },
  {
    type: 'intervention.withheld',
    intervention: 'redo',
    site: 'relu',
    units: [0, 1],
    reason: '$string:$number:1',
    step: 2,
    epoch: 1,
  },
];

/** A run's folder written by hand. With `spool` it is one that is open. */
async function record({
  spool,
  log,
  folder,
}: { spool?: string; log?: string; folder?: string } = {}): Promise<RunSummary> {
  const root = folder ?? (await mkdtemp(join(tmpdir(), 'reluctant-query-')));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  // A name that is a glob, a quote and a key of hive partitioning.
  const path = join(root, "it's [a]*?=b");
  await mkdir(path, { recursive: true });
  const lines = EVENTS.map((event, index) =>
    JSON.stringify({ seq: index + 1, time: '2026-01-31T09:30:05.250Z', ...event }),
  );
  await writeFile(join(path, 'events.jsonl'), log ?? `${lines.join('\n')}\n`);
  if (spool !== undefined) await writeFile(join(path, 'spool.jsonl'), spool);
  const manifest = {
    id: 'run-1',
    name: 'one',
    seed: 2 ** 53 - 1,
    config: {},
    network: { parameters: 3, sites: [site] },
  };
  const createdAt = '2026-01-31T09:30:00.000Z';
  return {
    id: 'run-1',
    path,
    name: 'one',
    createdAt,
    status: 'completed',
    alive: false,
    manifest: manifest as unknown as RunManifest,
  };
}

async function open(runs: readonly RunSummary[], options?: QueryOptions) {
  const session = await openQuerySession(runs, options);
  onTestFinished(() => session.close());
  const rows = async (sql: string, signal?: AbortSignal) => {
    const found = [];
    for await (const chunk of (await session.query(sql, signal)).rows) found.push(...chunk);
    return found;
  };
  return { session, rows };
}

describe('the views', () => {
  it('have the columns that are written down, also where there is no run', async () => {
    for (const runs of [[], [await record()]]) {
      const { rows } = await open(runs);
      for (const { name, columns } of VIEWS) {
        const described = await rows(`SELECT column_name, column_type FROM (DESCRIBE ${name})`);
        expect([name, ...described]).toEqual([name, ...columns.map((column) => [column.name, column.type])]);
        expect(columns.every(({ meaning }) => meaning !== '')).toBe(true);
        await rows(`FROM reluctant_v1.${name}`);
      }
    }
  });

  it.each(EXAMPLES.map(({ question, sql }) => [question, sql]))('answer: %s', async (_, sql) => {
    const { rows } = await open([await record()]);
    await expect(rows(sql)).resolves.toBeInstanceOf(Array);
  });

  it("give Spearman's correlation by the example, ties included", async () => {
    const lines = [0.5, 0.4, 0.4, 0.2, 0.3].map((mean, index) =>
      JSON.stringify({
        seq: index + 1,
        time: '',
        type: 'probe.reading',
        reading: { ...READING, site: `s${index}`, units: {}, layer: { mean } },
      }),
    );
    const run = await record({ log: `${lines.join('\n')}\n` });
    const sites = lines.map((_, index) => ({ ...site, name: `s${index}`, depth: index + 1 }));
    const manifest = { ...run.manifest, network: { parameters: 1, sites } };
    const { rows } = await open([{ ...run, manifest }]);
    const { sql } = EXAMPLES.find(({ question }) => question.includes('Spearman'))!;
    // Ranks 5, 3½, 3½, 1, 2 against 1 to 5.
    expect(await rows(sql)).toEqual([['run-1', 5, expect.closeTo(-8.5 / Math.sqrt(10 * 9.5), 12)]]);
  });

  it('decode what JSON lacks, and read doubles to the last bit', async () => {
    const { rows } = await open([await record()]);
    expect(await rows('SELECT loss, accuracy, learning_rate, time FROM steps ORDER BY step')).toEqual([
      [NaN, 0.25, 0.1, '2026-01-31T09:30:05.250Z'],
      [-Infinity, 0.75, 1e-320, '2026-01-31T09:30:05.250Z'],
    ]);
    expect(await rows('SELECT measure, value FROM layer_readings ORDER BY value')).toEqual([
      ['mean', 0.30000000000000004],
      ['a"b.c', 7],
    ]);
    expect(await rows('SELECT unit, outcome, detail FROM interventions ORDER BY unit')).toEqual([
      [0, 'withheld', '$number:1'],
      [1, 'withheld', '$number:1'],
    ]);
    expect(await rows('SELECT seed, parameters FROM runs')).toEqual([[2 ** 53 - 1, 3]]);
  });

  it('read parts and spool, each value once', async () => {
    const values = JSON.stringify({ seq: 3, values: [0.5, '$number:-0', 3, '$number:Infinity'] });
    const run = await record({ spool: `${values}\n{"seq":4,"val` });
    const { rows } = await open([run]);
    const units = await rows(
      'SELECT site, depth, series, measure, unit, value FROM unit_readings ORDER BY measure DESC, unit',
    );
    expect(units).toEqual([
      ['relu', 1, 'probe-split', 'pr', 0, 0.5],
      ['relu', 1, 'probe-split', 'pr', 1, -0],
      ['relu', 1, 'probe-split', 'fired', 0, 3],
      ['relu', 1, 'probe-split', 'fired', 1, Infinity],
    ]);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await mkdir(join(run.path, 'readings'));
    const part = join(run.path, 'readings', 'part-0000000003-0000000009.parquet').replaceAll("'", "''");
    await connection.run(`COPY (SELECT 3 AS seq, 'p' AS probe, 'relu' AS site, 'probe-split' AS "on", 0 AS step, 0::DOUBLE AS epoch,
      5 AS images, 'pr' AS measure, unnest([-1, 0, 1]) AS unit, 0.25::DOUBLE AS value
      UNION ALL SELECT 9, 'later', 'relu', 'probe-split', 4, 4, 5, 'pr', 0, 1) TO '${part}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    const after = await open([run]);
    expect(await after.rows('SELECT depth, unit, value FROM unit_readings ORDER BY unit')).toEqual([
      [1, 0, 0.25],
      [1, 1, 0.25],
    ]);
  });
});

describe('a query', () => {
  it.each([
    ["FROM read_text('/etc/passwd')", /reads the views only/],
    ["FROM glob('/etc/*')", /reads the views only/],
    ["FROM read_csv('http://127.0.0.1:1/x')", /reads the views only|httpfs/],
    ["COPY (SELECT 1) TO '/tmp/reluctant-query-must-not-be-there'", /reads the views only|give a SELECT/],
    [
      "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/reluctant-query-must-not-be-there'",
      /reads the views only|give a SELECT/,
    ],
    ["ATTACH '/tmp/reluctant-query-must-not-be-there'", /reads the views only|give a SELECT/],
    ['INSTALL httpfs', /give a SELECT/],
    ['SET enable_external_access = true', /give a SELECT|locked/],
    ['CREATE TABLE t(a INT)', /give a SELECT/],
    ['DELETE FROM record.manifests', /give a SELECT/],
    ['SELECT 1; SELECT 2', /one SELECT statement; this is 2/],
    ['', /empty/],
    ['SELECT nothing FROM runs', /"nothing" not found[^]*LINE 1: SELECT nothing/],
    ["SELECT 'x'::INTEGER", /Conversion Error/],
  ])('%j is refused', async (sql, message) => {
    const { rows } = await open([await record()]);
    await expect(rows(sql)).rejects.toMatchObject({ code: 'QUERY_INVALID', message: expect.stringMatching(message) });
  });

  it('can write no file of a record that it may read', async () => {
    const run = await record();
    const { rows } = await open([run]);
    const log = join(run.path, 'events.jsonl').replaceAll("'", "''");
    await expect(rows(`COPY (SELECT 1) TO '${log}'`)).rejects.toMatchObject({ code: 'QUERY_INVALID' });
    await expect(rows(`FROM query('COPY (SELECT 1) TO ''${log.replaceAll("'", "''")}''')`)).rejects.toMatchObject({
      code: 'QUERY_INVALID',
    });
  });

  it('ends when it is aborted', async () => {
    const { rows } = await open([]);
    const reason = new Error('stopped');
    const started = Date.now();
    await expect(
      rows(
        'SELECT count(*) FROM range(1000000000) a, range(1000) b WHERE a.range % 7 = b.range',
        abortAfter(100, reason),
      ),
    ).rejects.toBe(reason);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('keeps to its memory', async () => {
    const { rows } = await open([], { memory: '100MB' });
    await expect(rows('SELECT len(list(range)) FROM range(100000000)')).rejects.toMatchObject({
      code: 'QUERY_INVALID',
      message: expect.stringContaining('--memory'),
    });
    await expect(openQuerySession([], { memory: "1GB'; SELECT 1" })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('tells where a record is damaged, and drops only the end of it', async () => {
    const good = JSON.stringify({ seq: 1, time: '2026-01-31T09:30:05Z', ...EVENTS[0] });
    const torn = await open([await record({ log: `${good}\n{"seq":2,` })]);
    expect(await torn.rows('SELECT step FROM steps')).toEqual([[1]]);
    const damaged = await open([await record({ log: `${good}\n{"seq":2,\n${good}\n` })]);
    await expect(damaged.rows('FROM steps')).rejects.toMatchObject({
      code: 'RUN_CORRUPT',
      message: expect.stringMatching(/events\.jsonl/),
    });
    expect(await damaged.rows('SELECT name FROM runs')).toEqual([['one']]);
    const open2 = openQuerySession([await record({ log: `${good}\n{"seq":2,\n${good}\n`, spool: '' })]);
    await expect(open2).rejects.toMatchObject({ code: 'RUN_CORRUPT', message: expect.stringContaining('line 2') });
  });
});

function abortAfter(milliseconds: number, reason: Error): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), milliseconds);
  return controller.signal;
}
