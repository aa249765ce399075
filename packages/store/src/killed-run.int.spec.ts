import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { checkpointAt, collect, record, runFinished, someEvents } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './file-run-store.js';

const script = fileURLToPath(new URL('../test/endless-run.mjs', import.meta.url));

/** A process that records a run as fast as it can; `kill` ends it without a chance to clean up. */
async function startEndlessRun(root: string): Promise<{ id: string; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, [script, root], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  const exited = once(child, 'exit');
  return {
    id: output.toString().trim(),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

it.each([30, 400])('a run killed after %i ms can be read, and goes on from its checkpoint', async (milliseconds) => {
  const root = temporaryFolder();
  const { id, kill } = await startEndlessRun(root);
  await delay(milliseconds);
  await kill();

  const store = createRunStore({ root });
  const reader = await store.open(id);
  expect(reader.summary.status).toBe('running');
  const events = await collect(reader.events());
  expect(events).toStrictEqual(someEvents(events.length));
  const readings = events.flatMap((event) => (event.type === 'probe.reading' ? [event.reading] : []));
  expect(await reader.readings()).toStrictEqual(readings);

  const checkpoint = (await reader.latestCheckpoint()) ?? checkpointAt(0);
  expect(checkpoint).toStrictEqual(checkpointAt(checkpoint.seq));
  expect(events.length).toBeGreaterThanOrEqual(checkpoint.seq);
  const writer = await store.resume(id, checkpoint);
  await record(writer, [...someEvents(20, checkpoint.seq + 1), runFinished(checkpoint.seq + 21)]);
  await writer.close();
  const whole = await store.open(id);
  expect(whole.summary.status).toBe('completed');
  expect(await collect(whole.events())).toStrictEqual([
    ...someEvents(checkpoint.seq + 20),
    runFinished(checkpoint.seq + 21),
  ]);
});

it('a run can be read at any moment while another process writes it', async () => {
  const root = temporaryFolder();
  const { id, kill } = await startEndlessRun(root);
  const store = createRunStore({ root });
  let seen = 0;
  for (let i = 0; i < 8; i++) {
    const events = await collect((await store.open(id)).events());
    expect(events).toStrictEqual(someEvents(events.length));
    expect(events.length).toBeGreaterThanOrEqual(seen);
    seen = events.length;
  }
  await expect(store.resume(id, checkpointAt(0))).rejects.toMatchObject({ code: 'STORE_FAILED' });
  await kill();
  expect(seen).toBeGreaterThan(0);
});
