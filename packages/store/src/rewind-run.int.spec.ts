import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainingEvent } from '@reluctant/core';
import { checkpointAt, collect, description, record, runFinished, someEvents, stamped, step } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './file-run-store.js';

const EVENTS = 34;
const all = [...someEvents(EVENTS), runFinished(EVENTS + 1)];

async function recorded(events: readonly TrainingEvent[], root = temporaryFolder()) {
  const store = createRunStore({ root });
  const { writer } = await store.create(description);
  await record(writer, events);
  return { store, writer, root };
}

describe('resume', () => {
  it('at any event gives the log of a run that never stopped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: EVENTS }), fc.integer({ min: 0, max: EVENTS }), async (a, b) => {
        const [cut, reached] = [Math.min(a, b), Math.max(a, b)];
        const { store, writer } = await recorded(all.slice(0, reached));
        await writer.close();
        const resumed = await store.resume(writer.id, checkpointAt(cut));
        expect(await collect((await store.open(writer.id)).events())).toStrictEqual(all.slice(0, cut));
        await record(resumed, all.slice(cut));
        await resumed.close();
        const reader = await store.open(writer.id);
        expect(await collect(reader.events())).toStrictEqual(all);
        expect(reader.summary.status).toBe('completed');
      }),
      { numRuns: 25 },
    );
  });

  it('leaves the same files as a run that never stopped, where it goes back behind the last part', async () => {
    const straight = await recorded(all);
    await straight.writer.close();
    const { store, writer } = await recorded(all.slice(0, 27));
    await writer.close();
    const resumed = await store.resume(writer.id, checkpointAt(13));
    await record(resumed, all.slice(13));
    await resumed.close();
    const contents = async (path: string) => {
      const names = (await readdir(path, { recursive: true })).filter((name) => /\.(parquet|jsonl)$/.test(name)).sort();
      return Promise.all(names.map(async (name) => [name, (await readFile(join(path, name))).toString('hex')]));
    };
    expect(await contents(writer.path)).toEqual(await contents(straight.writer.path));
  });

  it('goes on from the last whole event after a kill, and clears away what the killed process left', async () => {
    const { writer, root } = await recorded(all.slice(0, 26));
    await writer.saveCheckpoint(checkpointAt(26));
    // A copy is what a killed process leaves: everything written so far, and no clean end.
    const copy = join(root, 'killed');
    await cp(writer.path, copy, { recursive: true, filter: (source) => !source.endsWith('lock') });
    await writer.close();
    await appendFile(join(copy, 'events.jsonl'), '{"seq":27,"ti');
    await writeFile(join(copy, 'taps', '.part.parquet.0.tmp'), 'half');
    await writeFile(join(copy, '.manifest.json.0.tmp'), 'half');

    const store = createRunStore({ root });
    const reader = await store.open('killed');
    expect(reader.summary.status).toBe('running');
    expect(await collect(reader.events())).toStrictEqual(all.slice(0, 26));
    const checkpoint = await reader.latestCheckpoint();
    expect(checkpoint).toStrictEqual(checkpointAt(26));
    const resumed = await store.resume('killed', checkpoint!);
    await record(resumed, all.slice(26));
    await resumed.close();
    expect(await collect((await store.open('killed')).events())).toStrictEqual(all);
    const names = await readdir(copy, { recursive: true });
    expect(names.filter((name) => name.endsWith('.tmp') || name.includes('spool'))).toEqual([]);
  });

  it('drops later checkpoints with the events that they build on', async () => {
    const { store, writer } = await recorded(all.slice(0, 10));
    await writer.saveCheckpoint(checkpointAt(10));
    await record(writer, all.slice(10, 20));
    await writer.saveCheckpoint(checkpointAt(20));
    await writer.close();
    await (await store.resume(writer.id, checkpointAt(10))).close();
    expect(await (await store.open(writer.id)).latestCheckpoint()).toStrictEqual(checkpointAt(10));
  });

  it('of a finished run makes it run again', async () => {
    const { store, writer } = await recorded([step(1), runFinished(2, 'interrupted')]);
    await writer.close();
    const resumed = await store.resume(writer.id, checkpointAt(1));
    expect((await store.open(writer.id)).summary.status).toBe('running');
    await record(resumed, [stamped(2, { type: 'run.resumed', step: 1, epoch: 0 }), runFinished(3)]);
    await resumed.close();
    expect((await store.open(writer.id)).summary.status).toBe('completed');
  });

  it('refuses a checkpoint that the log does not reach, and changes nothing', async () => {
    const { store, writer } = await recorded(all.slice(0, 12));
    await writer.close();
    const message = expect.stringContaining('ends at event 12');
    await expect(store.resume(writer.id, checkpointAt(13))).rejects.toMatchObject({ code: 'RUN_CORRUPT', message });
    expect(await collect((await store.open(writer.id)).events())).toStrictEqual(all.slice(0, 12));
    await (await store.resume(writer.id, checkpointAt(12))).close();
  });
});
