import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TrainingEvent } from '@reluctant/core';
import {
  checkpointAt,
  collect,
  description,
  epochCompleted,
  probeReading,
  record,
  someEvents,
  step,
} from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './file-run-store.js';
import { storeFailure } from './store-failure.js';

const failed = (text: string | RegExp) =>
  expect.objectContaining({ code: 'STORE_FAILED', message: expect.stringMatching(text) });

/** A file system of its own, so that filling it harms nobody. */
function mount(options: string): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'pipe' });
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** Files that a failed write may have left half-done. */
function temporaryFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));
}

// Mounting needs privileges that few test machines give; the messages are tested below everywhere.
describe.runIf(canMount())('on a disk that gets full', () => {
  it('keeps what was recorded before readable and whole, and says where and what to do', async () => {
    const root = mount('size=256k');
    const store = createRunStore({ root });
    const { writer } = await store.create(description);
    const sent: TrainingEvent[] = [];
    const fill = async () => {
      for (const event of someEvents(100_000)) {
        sent.push(event);
        await writer.consume(event);
      }
    };
    await expect(fill()).rejects.toEqual(failed(/events\.jsonl|spool\.jsonl|readings|taps/));
    expect(() => writer.consume(step(sent.length + 1))).toThrow(failed('disk is full'));
    await writer.close();

    const reader = await store.open(writer.id);
    const kept = await collect(reader.events());
    expect(kept).toStrictEqual(sent.slice(0, kept.length));
    expect(sent.length - kept.length).toBeLessThanOrEqual(64);
    expect(temporaryFiles(root)).toEqual([]);
    await expect(store.create(description)).rejects.toEqual(failed('disk is full'));
    expect(readdirSync(root)).toEqual([writer.id]);
  });

  it('can go on when there is room again', async () => {
    const root = mount('size=256k');
    const store = createRunStore({ root });
    const { writer } = await store.create(description);
    await record(writer, someEvents(30));
    await writer.saveCheckpoint(checkpointAt(30));
    const ballast = join(root, 'ballast');
    expect(() => writeFileSync(ballast, Buffer.alloc(1 << 20))).toThrow('ENOSPC');
    const large = { ...checkpointAt(31), loop: { counts: { shape: [9000], data: new Float64Array(9000) } } };
    await expect(writer.saveCheckpoint(large)).rejects.toEqual(failed(/checkpoints.*disk is full/));
    expect(temporaryFiles(root)).toEqual([]);
    const reading = probeReading(31, { units: { probability: Array.from({ length: 5000 }, (_, i) => 1 / (i + 3)) } });
    await expect((async () => record(writer, [reading, epochCompleted(32)]))()).rejects.toEqual(failed('disk is full'));
    await writer.close();
    expect(await collect((await store.open(writer.id)).events())).toStrictEqual(someEvents(30));

    await rm(ballast);
    const resumed = await store.resume(writer.id, (await (await store.open(writer.id)).latestCheckpoint())!);
    await record(resumed, [reading, epochCompleted(32)]);
    await resumed.close();
    const events = await collect((await store.open(writer.id)).events());
    expect(events).toStrictEqual([...someEvents(30), reading, epochCompleted(32)]);
  });

  it('tells of a failure during a quiet moment at the next call', async () => {
    const root = mount('size=64k');
    const { writer } = await createRunStore({ root }).create(description);
    expect(() => writeFileSync(join(root, 'ballast'), Buffer.alloc(1 << 20))).toThrow('ENOSPC');
    writer.consume(step(1));
    await delay(500);
    expect(() => writer.consume(step(2))).toThrow(failed('disk is full'));
    await writer.close();
  });

  it('tells of a failure during a quiet moment at the latest when it closes', async () => {
    const root = mount('size=64k');
    const { writer } = await createRunStore({ root }).create(description);
    expect(() => writeFileSync(join(root, 'ballast'), Buffer.alloc(1 << 20))).toThrow('ENOSPC');
    writer.consume(step(1));
    await delay(500);
    await expect(writer.close()).rejects.toEqual(failed('disk is full'));
    expect(readdirSync(writer.path)).not.toContain('lock');
  });

  it('says that a file system is read-only', async () => {
    const root = mount('ro');
    await expect(createRunStore({ root }).create(description)).rejects.toEqual(failed('read-only'));
    const below = createRunStore({ root: join(root, 'runs') });
    await expect(below.create(description)).rejects.toEqual(failed(/read-only|cannot be made/));
  });
});

it('says where permission is missing', async () => {
  const root = temporaryFolder();
  chmodSync(root, 0o555);
  // Root may write anywhere: become nobody.
  const user = process.geteuid?.();
  if (user === 0) process.seteuid?.(65534);
  try {
    await expect(createRunStore({ root }).create(description)).rejects.toEqual(failed('Permission is denied'));
  } finally {
    if (user === 0) process.seteuid?.(0);
  }
  expect(readdirSync(root)).toEqual([]);
});

it('makes a missing root, but says so where a file is in the way', async () => {
  const folder = temporaryFolder();
  const root = join(folder, 'made', 'on', 'demand');
  const { writer } = await createRunStore({ root }).create(description);
  await writer.close();
  expect(statSync(writer.path).isDirectory()).toBe(true);

  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(createRunStore({ root: join(file, 'runs') }).create(description)).rejects.toEqual(failed(`at ${file}`));
  await expect(collect(createRunStore({ root: file }).list())).rejects.toEqual(failed(file));
});

it('says so where the root vanishes during a run', async () => {
  const root = temporaryFolder();
  const store = createRunStore({ root });
  const { writer } = await store.create(description);
  await rm(writer.path, { recursive: true });
  writeFileSync(writer.path, '');
  await expect(writer.saveCheckpoint(checkpointAt(0))).rejects.toEqual(failed(writer.path));
  await expect((async () => record(writer, [probeReading(1), epochCompleted(2)]))()).rejects.toEqual(
    failed(writer.path),
  );
  await writer.close();
});

it.each([
  ['ENOSPC', 'disk is full'],
  ['EDQUOT', 'quota'],
  ['EACCES', 'Permission is denied'],
  ['EROFS', 'read-only'],
  ['ENOTDIR', 'not a folder'],
  ['EIO', 'input/output error'],
  ['EWHATEVER', 'EWHATEVER: it broke'],
])('explains %s', (code, remedy) => {
  const cause = Object.assign(new Error(`${code}: it broke`), { code });
  const error = storeFailure(cause, 'write the event log', '/runs/a');
  expect(error).toEqual(failed(`Cannot write the event log at /runs/a`));
  expect(error.message).toContain(remedy);
  expect(error.cause).toBe(cause);
  expect(storeFailure(error, 'do more', '/')).toBe(error);
});
