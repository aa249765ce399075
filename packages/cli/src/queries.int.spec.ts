import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { exportTables, exportTensorBoard, TABLES } from '@reluctant/export';
import { createRunStore } from '@reluctant/store';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const HOSTILE = `'; DROP TABLE runs; -- "\\ | <script>\u001b[31m😀 ${'x'.repeat(10_000)}`;

const small = {
  name: 'small',
  seed: 3,
  dataset: { kind: 'textures', trainSize: 100, testSize: 30 },
  architecture: { kind: 'vgg', layout: [8, 'M', 16, 'M'], batchNorm: false },
  training: { epochs: 2, batchSize: 10, learningRate: 0.1, optimizer: 'momentum' },
  probes: ['activation-probability', 'dead-units', 'dormant', 'unit-lifecycle'],
  interventions: [{ kind: 'redo', when: { everySteps: 7 } }],
};

const hostile = { ...small, name: HOSTILE };

/** Folders with one run each, recorded once. */
const templates = new Map<object, string>();
beforeAll(async () => {
  for (const experiment of [small, hostile]) {
    const folder = await mkdtemp(join(tmpdir(), 'reluctant-queries-'));
    templates.set(experiment, folder);
    await writeFile(join(folder, 'experiment.json'), JSON.stringify(experiment));
    const ran = await runCli(folder, '--quiet', 'run', join(folder, 'experiment.json'));
    expect(ran.code, ran.stderr).toBe(0);
  }
}, 120_000);
afterAll(() => Promise.all([...templates.values()].map((folder) => rm(folder, { recursive: true }))));

/** A folder of the test's own with a recorded run, and ways to ask about it. */
async function recorded(experiment = small) {
  const folder = await temporaryFolder();
  await cp(templates.get(experiment)!, folder, { recursive: true });
  const [id] = await readdir(join(folder, 'runs'));
  const ask = (...args: readonly string[]) => runCli(folder, '--quiet', ...args);
  return { folder, id, path: join(folder, 'runs', id), ask, rows: (sql: string) => rowsOf(ask, sql) };
}

async function rowsOf(ask: (...args: readonly string[]) => ReturnType<typeof runCli>, sql: string) {
  const { stdout, stderr, code } = await ask('query', sql, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as readonly Record<string, unknown>[];
}

/** DuckDB with no views of ours: an independent reader of files. */
async function independentReader() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  return async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
}

describe('the views of a recorded run', () => {
  it('hold what its reader gives, number by number', async () => {
    const { folder, id, path, rows } = await recorded();
    const reader = await createRunStore({ root: join(folder, 'runs') }).open(path);
    const depths = new Map(reader.summary.manifest.network!.sites.map(({ name, depth }) => [name, depth]));
    const layers: unknown[] = [];
    const units: unknown[] = [];
    const steps: unknown[] = [];
    const lives: unknown[] = [];
    for await (const event of reader.events()) {
      if (event.type === 'step.completed') {
        const { step, epoch, time, loss, correct, size, learningRate, seconds } = event;
        steps.push({ run: id, step, epoch, time, loss, accuracy: correct / size, images: size, learning_rate: learningRate, seconds }); // prettier-ignore
      }
      if (event.type === 'unit.born-dead' || event.type === 'unit.died' || event.type === 'unit.revived') {
        const { type, probe, site, unit, step, epoch, time } = event;
        const depth = depths.get(site);
        lives.push({ run: id, transition: type.replace('unit.', ''), probe, site, depth, unit, step, epoch, time });
      }
      if (event.type !== 'probe.reading') continue;
      const { probe, site, on, step, epoch, images, layer, units: arrays } = event.reading;
      const common = { run: id, probe, site, depth: depths.get(site), series: on, step, epoch, images };
      for (const [measure, value] of Object.entries(layer)) layers.push({ ...common, measure, value });
      for (const [measure, values] of Object.entries(arrays))
        values.forEach((value, unit) => units.push({ ...common, measure, unit, value }));
    }
    expect(lives.length).toBeGreaterThan(0);
    expect(units.length).toBeGreaterThan(500);
    expect(sorted(await rows('FROM steps'))).toEqual(sorted(steps));
    expect(sorted(await rows('FROM layer_readings'))).toEqual(sorted(layers));
    expect(sorted(await rows('FROM unit_readings'))).toEqual(sorted(units));
    expect(sorted(await rows('FROM transitions'))).toEqual(sorted(lives));
    const [{ events }] = await rows('SELECT count(*) AS events FROM events');
    expect(events).toBe((await readFile(join(path, 'events.jsonl'), 'utf8')).trim().split('\n').length);
  });

  it('equal the tables that are exported', async () => {
    const { folder, id, ask } = await recorded(hostile);
    const read = await independentReader();
    const views = new Map<string, { readonly file: string; readonly columns: readonly (readonly unknown[])[] }>();
    for (const { name } of TABLES) {
      const file = join(folder, `${name}.parquet`);
      expect((await ask('query', `FROM ${name}`, '--out', file)).code).toBe(0);
      views.set(name, { file, columns: await read(`DESCRIBE FROM '${file}'`) });
    }
    for (const [format, ...more] of [['parquet'], ['parquet', '--compression', 'gzip'], ['csv']]) {
      const tables = join(folder, [format, ...more].join(''));
      const exported = await ask('--json', 'export', id, '--format', format, ...more, '--out', tables);
      expect(exported.code, exported.stderr).toBe(0);
      const { files } = JSON.parse(exported.stdout) as { files: { path: string; rows: number }[] };
      expect(files.map(({ path }) => basename(path))).toEqual((await readdir(tables)).sort(byTable));
      for (const [index, { name, columns }] of TABLES.entries()) {
        const view = views.get(name)!;
        expect(view.columns.map(([column]) => column)).toEqual(columns.map((column) => column.name));
        const types = view.columns.map(([column, type]) => `'${String(column)}': '${String(type)}'`).join(', ');
        const { path, rows } = files[index];
        const table = format === 'csv' ? `read_csv('${path}', columns = {${types}}, quote = '"')` : `'${path}'`;
        const [[differing, count]] = await read(`SELECT
          (SELECT count(*)::INTEGER FROM (
            (FROM ${table} EXCEPT ALL FROM '${view.file}') UNION ALL (FROM '${view.file}' EXCEPT ALL FROM ${table}))),
          (SELECT count(*)::INTEGER FROM ${table})`);
        expect({ format, name, differing, count }).toEqual({ format, name, differing: 0, count: rows });
      }
    }
  });

  it('of a killed run hold what is in no table yet, and drop a torn line', async () => {
    const { folder, id, path, rows } = await recorded();
    const whole = await rows('FROM unit_readings');
    const losses = await rows('FROM steps');
    // What a kill in the middle of the first epoch leaves: no parts, the values in the spool, half a line.
    const reader = await createRunStore({ root: join(folder, 'runs') }).open(path);
    const spool: string[] = [];
    for await (const event of reader.events()) {
      const arrays = event.type === 'probe.reading' ? event.reading.units : undefined;
      const values = arrays && Object.values(arrays).flat();
      if (values) spool.push(JSON.stringify({ seq: event.seq, values: values.map((v) => (Object.is(v, -0) ? '$number:-0' : v)) })); // prettier-ignore
    }
    await rename(join(path, 'readings'), join(folder, 'readings'));
    await writeFile(join(path, 'spool.jsonl'), `${spool.join('\n')}\n{"seq":99999,"val`);
    const log = join(path, 'events.jsonl');
    const text = await readFile(log);
    await writeFile(log, Buffer.concat([text, Buffer.from('{"seq":9999,"time":"😀').subarray(0, -2)]));
    expect(sorted(await rows('FROM unit_readings'))).toEqual(sorted(whole));
    expect(await rows('FROM steps')).toEqual(losses);
    // A part that was just written is found beside what the spool still holds, once.
    await mkdir(join(path, 'readings'));
    const [part] = (await readdir(join(folder, 'readings'))).sort();
    await cp(join(folder, 'readings', part), join(path, 'readings', part));
    expect(sorted(await rows('FROM unit_readings'))).toEqual(sorted(whole));

    const lines = text.toString().split('\n');
    lines[3] = lines[3].slice(0, 20);
    await writeFile(log, lines.join('\n'));
    const damaged = await runCli(folder, 'query', 'FROM steps');
    expect(damaged).toMatchObject({ code: 9, stderr: expect.stringMatching(/RUN_CORRUPT .*events\.jsonl, line 4:/) });
    expect((await runCli(folder, 'query', `SELECT name FROM runs`, '--run', id)).code).toBe(9);
  });

  it('cover 20 runs, or those that are named', async () => {
    const { folder, id, path, rows, ask } = await recorded();
    const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')) as object;
    for (let copy = 1; copy < 20; copy++) {
      const name = `20260101-000000-copy-${String(copy).padStart(8, '0')}`;
      await cp(path, join(folder, 'runs', name), { recursive: true });
      await writeFile(join(folder, 'runs', name, 'manifest.json'), JSON.stringify({ ...manifest, id: name }));
    }
    const [all] = await rows('SELECT count(*) AS n, count(DISTINCT run) AS runs, count(DISTINCT name) AS names FROM steps JOIN runs USING (run)'); // prettier-ignore
    expect(all).toEqual({ n: 20 * 20, runs: 20, names: 1 });
    const one = await ask('query', 'SELECT DISTINCT run FROM unit_readings', '--run', id, '--format', 'csv');
    expect(one.stdout).toBe(`run\r\n${id}\r\n`);
    const copied = join(folder, 'elsewhere', id);
    await cp(path, copied, { recursive: true });
    const twice = await runCli(folder, 'query', 'FROM runs', '--run', id, '--run', copied);
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('Two of the runs are called') });
  });
});

describe('reluctant query', () => {
  it('answers in every format, whatever names hold', async () => {
    const { folder, ask } = await recorded(hostile);
    const sql = `SELECT name, 'a|b' AS bar, 'NaN'::DOUBLE AS nan, NULL AS nothing, 2::HUGEINT AS two FROM runs`;
    const table = (await ask('query', sql)).stdout;
    expect(table).toContain("'; DROP TABLE runs;");
    expect(table).not.toContain('\u001b');
    const markdown = (await ask('query', sql, '--format', 'markdown')).stdout;
    expect(markdown).toMatch(/^\| name \| bar \| nan \| nothing \| two \|\n\| --- \|/);
    expect(markdown).toContain('\\<script\\>');
    expect(markdown).toContain('| a\\|b | NaN |  | 2 |');
    const [row] = JSON.parse((await ask('query', sql, '--format', 'json')).stdout) as Record<string, unknown>[];
    expect(row).toEqual({ name: HOSTILE, bar: 'a|b', nan: null, nothing: null, two: 2 });
    const csv = join(folder, 'answer.csv');
    expect(await ask('query', sql, '--out', csv)).toMatchObject({ code: 0, stdout: '' });
    expect(await readFile(csv, 'utf8')).toBe(
      `name,bar,nan,nothing,two\r\n"${HOSTILE.replaceAll('"', '""')}",a|b,NaN,,2\r\n`,
    );
    const question = join(folder, 'q.sql');
    await writeFile(question, `-- how many; so\nSELECT count(*) AS n FROM steps; -- end`);
    const parquet = join(folder, "it's.parquet");
    expect((await ask('query', '--file', question, '--out', parquet)).code).toBe(0);
    const read = await independentReader();
    expect(await read(`FROM '${parquet.replaceAll("'", "''")}'`)).toEqual([['20']]);
    expect((await ask('query', 'FROM range(1000)')).stdout).toContain('… and 800 more rows');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('lists its views', async () => {
    const folder = await temporaryFolder();
    const listed = JSON.parse((await runCli(folder, 'query', '--views', '--json')).stdout) as { schema: string };
    expect(listed.schema).toBe('reluctant_v1');
    expect((await runCli(folder, 'query', '--views')).stdout).toContain('reluctant_v1.unit_readings');
    const empty = await runCli(folder, 'query', 'SELECT count(*) AS n FROM unit_readings', '--format', 'csv');
    expect(empty).toMatchObject({ code: 0, stdout: 'n\r\n0\r\n', stderr: expect.stringContaining('No runs in') });
  });

  it.each([
    [['query'], 2, /USAGE Give one query/],
    [['query', 'FROM runs', '--file', 'x.sql'], 2, /USAGE Give one query/],
    [['query', '--file', '/nowhere/x.sql'], 2, /USAGE The query can't be read from/],
    [
      ['query', 'SELECT\n  wrong FROM runs'],
      2,
      /QUERY_INVALID Binder Error: .*"wrong"[^]*LINE 2: {3}wrong FROM runs\n +\^/,
    ],
    [['query', ' '], 2, /QUERY_INVALID The query is empty/],
    [['query', 'FROM runs', '--format', 'parquet'], 2, /USAGE Parquet goes to a file/],
    [['query', 'FROM runs', '--out', 'answer.xyz'], 2, /USAGE .*give --format/],
    [['query', 'FROM runs', '--out', '/nowhere/at/all.csv'], 10, /STORE_FAILED/],
    [['query', 'FROM runs', '--json', '--format', 'csv'], 2, /USAGE --json and --format csv/],
    [['query', 'FROM runs', '--memory', 'much'], 2, /USAGE "much" is no size of memory/],
    [['query', 'FROM runs', '--run', 'nope'], 9, /RUN_NOT_FOUND/],
    [['export', 'nope', '--format', 'csv', '--out', 'x'], 9, /RUN_NOT_FOUND/],
  ])('%j ends with %i', async (args, code, message) => {
    const folder = await temporaryFolder();
    expect(await runCli(folder, ...args)).toMatchObject({ code, stderr: expect.stringMatching(message) });
  });
});

describe('the READMEs of export and query', () => {
  it('show what works', async () => {
    const { folder, id } = await recorded();
    const root = join(folder, 'runs');
    const console = { log: vi.fn() };
    const chunks: unknown[] = [];
    {
      const { openQuerySession } = await import('@reluctant/query');
      // <example query>
      const store = createRunStore({ root });
      const { summary } = await store.open(id);
      const session = await openQuerySession([summary]);
      const { columns, rows } = await session.query('SELECT step, loss FROM steps ORDER BY step');
      console.log(columns); // [ { name: 'step', type: 'INTEGER' }, { name: 'loss', type: 'DOUBLE' } ]
      for await (const chunk of rows) chunks.push(...chunk); // [ [ 1, 2.31 ], … ]
      session.close();
      // </example>
    }
    expect(console.log).toHaveBeenCalledWith([{ name: 'step', type: 'INTEGER' }, { name: 'loss', type: 'DOUBLE' }]); // prettier-ignore
    expect(chunks[0]).toEqual([1, expect.any(Number)]);
    const board = join(folder, 'board');
    const tables = join(folder, 'tables');
    {
      // <example export>
      const store = createRunStore({ root });
      const readers = [await store.open(id)];
      await exportTensorBoard(readers, { folder: board });
      const files = await exportTables(readers, { folder: tables, format: 'parquet' });
      console.log(files[0].rows); // 1
      // </example>
    }
    expect(console.log).toHaveBeenLastCalledWith(1);
    const source = await readFile(import.meta.filename, 'utf8');
    for (const name of ['query', 'export']) {
      const readme = await readFile(new URL(`../../${name}/README.md`, import.meta.url), 'utf8');
      const example = new RegExp(`// <example ${name}>\n([^]*?)\n *// </example>`).exec(source)![1];
      expect(readme).toContain(example.replaceAll(/^ {6}/gm, ''));
    }
  });
});

describe('reluctant export', () => {
  it('replaces nothing without --force, and leaves nothing half-done', async () => {
    const { folder, id, ask } = await recorded();
    const out = join(folder, 'board');
    const args = ['export', id, '--format', 'tensorboard', '--out', out];
    expect((await ask(...args)).stdout).toContain('tensorboard --logdir');
    expect(await ask(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') });
    expect((await ask(...args, '--force')).code).toBe(0);
    expect(await readdir(join(out, id))).toEqual(['events.out.tfevents.0.reluctant']);
    expect(await ask('export', id, id, '--format', 'csv', '--out', out)).toMatchObject({ code: 2 });
    expect(await ask('export', id, '--format', 'csv', '--compression', 'gzip', '--out', out)).toMatchObject({
      code: 2,
    });
    expect(await readdir(out)).toEqual([id]);
  });
});

/** The order of the tables, of names of their files. */
function byTable(a: string, b: string): number {
  const place = (file: string) => TABLES.findIndex(({ name }) => file.startsWith(`${name}.`));
  return place(a) - place(b);
}

function sorted(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row as object).sort())).sort();
}
