import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Container } from 'inversify';
import { RunStore, type TrainingEvent } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import {
  checkpointAt,
  collect,
  description,
  epochCompleted,
  probeReading,
  record,
  runFinished,
  simulationFindings,
  someEvents,
  stamped,
  step,
  tapSampled,
} from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './file-run-store.js';
import { storeModule } from './store-module.js';

const strange = [
  '',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'x'.repeat(10_000),
  '🧠🔥',
  'CON',
  'a\0b\n',
  '. . .',
];

async function recorded(events: readonly TrainingEvent[]) {
  const store = createRunStore({ root: temporaryFolder() });
  const { writer } = await store.create(description);
  await record(writer, events);
  await writer.close();
  return { store, writer, reader: await store.open(writer.id) };
}

describe('create', () => {
  it.each(strange)('makes a folder inside the root for a run called %j', async (name) => {
    const root = temporaryFolder();
    const { writer, manifest } = await createRunStore({ root }).create({ ...description, name });
    await writer.close();
    expect(await readdir(root)).toEqual([writer.id]);
    expect(manifest.id).toBe(writer.id);
    expect((await createRunStore({ root }).open(writer.id)).summary).toMatchObject({
      name,
      path: join(root, writer.id),
    });
  });

  it('gives runs that start in the same millisecond folders of their own', async () => {
    const root = temporaryFolder();
    const store = createRunStore({ root, now: () => new Date(0) });
    const runs = await Promise.all(Array.from({ length: 20 }, () => store.create(description)));
    await Promise.all(runs.map(({ writer }) => writer.close()));
    expect(new Set(runs.map(({ writer }) => writer.id)).size).toBe(20);
    expect(await readdir(root)).toHaveLength(20);
  });

  it('keeps the manifest exactly, non-finite numbers included', async () => {
    const config = { limit: Infinity, odd: NaN, text: '$number:NaN', nested: [{ zero: -0 }] };
    const store = createRunStore({ root: temporaryFolder() });
    const { writer, manifest } = await store.create({ ...description, config });
    await writer.close();
    expect((await store.open(writer.id)).summary.manifest).toStrictEqual(manifest);
    expect(manifest.config).toStrictEqual(config);
  });
});

describe('events', () => {
  it('come back as they were recorded', async () => {
    const events = [
      ...someEvents(95),
      stamped(96, { type: 'probe.failed', probe: 'p', message: 'line\nbreak \u2028 "quoted" $number:1' }),
      ...simulationFindings(97),
      runFinished(103),
    ];
    const { reader, writer } = await recorded(events);
    expect(await collect(reader.events())).toStrictEqual(events);
    expect(reader.summary).toMatchObject({ id: writer.id, status: 'completed', name: description.name });
    expect((await readdir(writer.path)).sort()).toEqual(['events.jsonl', 'manifest.json', 'readings', 'taps']);
  });

  it('hold no per-unit arrays in the log', async () => {
    const { writer } = await recorded([tapSampled(1), probeReading(2)]);
    const lines = (await readFile(join(writer.path, 'events.jsonl'), 'utf8')).split('\n');
    expect(JSON.parse(lines[0]).sample.values).toEqual({ fired: 3, positionFired: 6 });
    expect(JSON.parse(lines[1]).reading.units).toEqual({ probability: 3, dead: 3 });
  });

  it('are found by type', async () => {
    const events = [...someEvents(95), ...simulationFindings(96)];
    const { reader } = await recorded(events);
    for (const types of [['step.completed'], ['probe.reading', 'epoch.completed'], ['run.finished']] as const) {
      const expected = events.filter(({ type }) => (types as readonly string[]).includes(type));
      expect(await collect<TrainingEvent>(reader.events(...types))).toStrictEqual(expected);
    }
  });

  it('are more than are completed at a time, and keep their order', async () => {
    const events = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? tapSampled(i + 1) : step(i + 1)));
    const { reader } = await recorded(events);
    expect(await collect(reader.events())).toStrictEqual(events);
  });

  it('can be read while the run is written, also those that no table holds yet', async () => {
    const store = createRunStore({ root: temporaryFolder() });
    const { writer } = await store.create(description);
    const events = someEvents(128);
    await record(writer, events);
    const reader = await store.open(writer.id);
    expect(reader.summary.status).toBe('running');
    await expect.poll(() => collect(reader.events())).toStrictEqual(events);
    await writer.close();
  });

  it('are written soon after a quiet moment begins', async () => {
    const store = createRunStore({ root: temporaryFolder() });
    const { writer } = await store.create(description);
    await record(writer, [step(1), tapSampled(2)]);
    const reader = await store.open(writer.id);
    await expect.poll(() => collect(reader.events())).toStrictEqual([step(1), tapSampled(2)]);
    await writer.close();
  });

  it('are refused once the writer is closed, and closing again does nothing', async () => {
    const { writer } = await recorded([step(1)]);
    await writer.close();
    expect(() => writer.consume(step(2))).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
  });

  it('are whole up to the cut wherever a killed process stopped writing the log', async () => {
    const events = someEvents(12);
    const { reader, writer } = await recorded(events);
    const log = join(writer.path, 'events.jsonl');
    const bytes = await readFile(log);
    for (let length = 0; length <= bytes.length; length += 29) {
      await writeFile(log, bytes.subarray(0, length));
      const whole = bytes.subarray(0, length).toString('latin1').split('\n').length - 1;
      expect(await collect(reader.events())).toStrictEqual(events.slice(0, whole));
    }
  });

  it('are refused with the line number where a line before the last is torn', async () => {
    const { reader, writer } = await recorded(someEvents(5));
    const log = join(writer.path, 'events.jsonl');
    const lines = (await readFile(log, 'utf8')).split('\n');
    lines[2] = lines[2].slice(0, 20);
    await writeFile(log, lines.join('\n'));
    const message = expect.stringContaining('events.jsonl, line 3');
    await expect(collect(reader.events())).rejects.toMatchObject({ code: 'RUN_CORRUPT', message });
  });

  it.each([
    ['of another order', (lines: string[]) => [lines[1], lines[0], ...lines.slice(2)]],
    ['that are no events', (lines: string[]) => [lines[0], 'null', ...lines.slice(2)]],
  ])('are refused with the line number where there are lines %s', async (_, change) => {
    const { reader, writer } = await recorded([step(1), step(2), step(3)]);
    const log = join(writer.path, 'events.jsonl');
    await writeFile(log, change((await readFile(log, 'utf8')).split('\n')).join('\n'));
    const message = expect.stringContaining('line 2');
    await expect(collect(reader.events())).rejects.toMatchObject({ code: 'RUN_CORRUPT', message });
  });

  it('are refused where their values are gone or damaged', async () => {
    const { reader, writer } = await recorded([tapSampled(1), epochCompleted(2)]);
    const [part] = await readdir(join(writer.path, 'taps'));
    await writeFile(join(writer.path, 'taps', part), 'PAR1');
    const damaged = { code: 'RUN_CORRUPT', message: expect.stringContaining(part) };
    await expect(reader.tapSamples()).rejects.toMatchObject(damaged);
    await rm(join(writer.path, 'taps'), { recursive: true });
    const missing = { code: 'RUN_CORRUPT', message: expect.stringContaining('event 1') };
    await expect(collect(reader.events())).rejects.toMatchObject(missing);
  });
});

describe('readings and samples', () => {
  const events = [
    tapSampled(1),
    probeReading(2),
    probeReading(3, { probe: 'sparsity', units: {}, layer: { zeros: 0.5 } }),
    epochCompleted(4),
    probeReading(5, { site: 'fc/relu' }),
    tapSampled(6, { values: { max: Float64Array.of(-Infinity, 5e-324, 1.7976931348623157e308) } }),
    step(7),
  ];

  it('are found by probe and site', async () => {
    const { reader } = await recorded(events);
    const readings = events.flatMap((event) => (event.type === 'probe.reading' ? [event.reading] : []));
    expect(await reader.readings()).toStrictEqual(readings);
    expect(await reader.readings({ probe: 'sparsity' })).toStrictEqual([readings[1]]);
    expect(await reader.readings({ probe: 'dead-units', site: 'fc/relu' })).toStrictEqual([readings[2]]);
    expect(await reader.readings({ probe: 'none' })).toEqual([]);
    const samples = events.flatMap((event) => (event.type === 'tap.sampled' ? [event.sample] : []));
    expect(await reader.tapSamples()).toStrictEqual(samples);
  });

  it('are in one part an epoch, and one for what remains at the end', async () => {
    const { writer } = await recorded(events);
    expect((await readdir(join(writer.path, 'readings'))).sort()).toEqual([
      'part-0000000002-0000000003.parquet',
      'part-0000000005-0000000005.parquet',
    ]);
    expect(await readdir(join(writer.path, 'taps'))).toHaveLength(2);
  });
});

describe('open', () => {
  it('takes the id, or a path to the folder', async () => {
    const { store, writer } = await recorded([step(1)]);
    for (const id of [writer.id, writer.path, `${writer.path}/`]) {
      expect((await store.open(id)).summary.path).toBe(writer.path);
    }
  });

  it('never leaves the root for an id that is no run', async () => {
    const { store, writer } = await recorded([step(1)]);
    const outside = join(writer.path, '..', '..', 'outside');
    await cp(writer.path, outside, { recursive: true });
    const ids = ['', '.', '..', '../outside', `../${basename(writer.path)}`, 'x/../../outside', 'no-such-run', 'a\0b'];
    for (const id of [
      ...ids,
      '..\\outside',
      'y'.repeat(5000),
      '/',
      '/etc',
      '/etc/passwd',
      `${writer.path}/events.jsonl`,
    ]) {
      await expect(store.open(id)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
      await expect(store.resume(id, checkpointAt(1))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    }
    await rm(outside, { recursive: true });
  });

  it('suggests the nearest id', async () => {
    const { store, writer } = await recorded([step(1)]);
    const message = expect.stringContaining(`Did you mean "${writer.id}"?`);
    await expect(store.open(`${writer.id.slice(0, -1)}_`)).rejects.toMatchObject({ message });
  });

  it('names the fields that are wrong in a manifest', async () => {
    const { store, writer } = await recorded([step(1)]);
    const path = join(writer.path, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...manifest, seed: 'seven', machine: { ...manifest.machine, cores: 1.5 } }));
    await expect(store.open(writer.id)).rejects.toMatchObject({
      code: 'RUN_CORRUPT',
      message: expect.stringMatching(/seed: .*machine\.cores: /),
      issues: [expect.objectContaining({ path: 'seed' }), expect.objectContaining({ path: 'machine.cores' })],
    });
    await writeFile(path, '{"formatVersion": 1,');
    await expect(store.open(writer.id)).rejects.toMatchObject({
      code: 'RUN_CORRUPT',
      message: expect.stringContaining('manifest.json is not JSON'),
    });
  });
});

describe('status', () => {
  it('is that of the last end that no new start follows', async () => {
    const resumed = stamped(3, { type: 'run.resumed', step: 1, epoch: 0 });
    const statusOf = async (...events: TrainingEvent[]) => (await recorded(events)).reader.summary.status;
    expect(await statusOf()).toBe('running');
    expect(await statusOf(step(1))).toBe('running');
    expect(await statusOf(step(1), runFinished(2, 'interrupted'))).toBe('interrupted');
    expect(await statusOf(step(1), runFinished(2, 'interrupted'), resumed)).toBe('running');
    expect(await statusOf(step(1), runFinished(2, 'interrupted'), resumed, runFinished(4))).toBe('completed');
  });

  it('is found at the end of a log of megabytes', async () => {
    const { reader } = await recorded([...Array.from({ length: 20_000 }, (_, i) => step(i + 1)), runFinished(20_001)]);
    expect(reader.summary.status).toBe('completed');
  });
});

describe('list', () => {
  it('gives runs newest first, and passes over what is no run and what is damaged', async () => {
    const root = temporaryFolder();
    const warnings: string[] = [];
    let time = 0;
    const store = createRunStore({
      root,
      now: () => new Date((time += 1)),
      onWarning: (message) => warnings.push(message),
    });
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { writer } = await store.create({ ...description, name: `run ${9 - i}` });
      await writer.close();
      ids.push(writer.id);
    }
    await mkdir(join(root, 'not-a-run'));
    await writeFile(join(root, 'file'), '');
    await writeFile(join(root, ids[1], 'manifest.json'), '{}');
    await rename(join(root, ids[2]), join(root, 'renamed'));
    const listed = await collect(store.list());
    expect(listed.map(({ id }) => id)).toEqual([ids[4], ids[3], 'renamed', ids[0]]);
    expect(warnings).toEqual([expect.stringContaining(ids[1])]);
    for (const { id } of listed) expect((await store.open(id)).summary.id).toBe(id);
  });

  it('follows what changes, and warns once of what does not', async () => {
    const root = temporaryFolder();
    const warnings: string[] = [];
    const store = createRunStore({ root, onWarning: (message) => warnings.push(message) });
    const first = (await store.create(description)).writer;
    const second = (await store.create(description)).writer;
    const listed = async () => new Map((await collect(store.list())).map((run) => [run.id, run]));
    expect((await listed()).get(first.id)).toMatchObject({ status: 'running', alive: true });
    await record(first, [runFinished(1)]);
    await first.close();
    expect((await listed()).get(first.id)).toMatchObject({ status: 'completed', alive: false });
    await second.close();
    expect((await listed()).get(second.id)).toMatchObject({ status: 'running', alive: false });
    await writeFile(join(root, first.id, 'manifest.json'), '{}');
    await listed();
    expect([...(await listed()).keys()]).toEqual([second.id]);
    expect(warnings).toHaveLength(1);
    await rm(join(root, second.id), { recursive: true });
    expect((await listed()).size).toBe(0);
  });

  it('is empty where there is no folder yet, and looking makes none', async () => {
    const root = join(temporaryFolder(), 'none');
    expect(await collect(createRunStore({ root }).list())).toEqual([]);
    expect(existsSync(root)).toBe(false);
  });
});

it('is bound as the RunStore by its module', async () => {
  const root = temporaryFolder();
  const container = new Container();
  container.load(storeModule(root));
  const { writer } = await container.get<RunStore>(RunStore).create(description);
  await writer.close();
  expect(await readdir(root)).toEqual([writer.id]);
});
