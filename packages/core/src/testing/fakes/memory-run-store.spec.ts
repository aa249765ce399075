import { expect, it } from 'vitest';
import type { TrainingEvent } from '../../events/training-event.js';
import type { Checkpoint, RunReader } from '../../store/run-store.js';
import { expectReluctantError } from '../expect-reluctant-error.js';
import { followConformance } from '../conformance/follow-suite.js';
import { MemoryRunStore } from './memory-run-store.js';

followConformance('memory', () => new MemoryRunStore());

const MANIFEST = {
  name: 'a run',
  config: {},
  seed: 1,
  versions: {},
  machine: { platform: 'linux', cpu: 'any', cores: 1 },
};
const checkpointAt = (seq: number): Checkpoint => ({
  state: { 'logits/bias': { shape: [2], data: Float32Array.of(seq, -0) } },
  loop: {},
  step: seq,
  epoch: 0,
  stepInEpoch: seq,
  seq,
});
const finished = (seq: number): TrainingEvent => ({
  seq,
  time: '2024-01-01T00:00:00.000Z',
  type: 'run.finished',
  status: 'completed',
  step: seq,
});
const failed = (seq: number): TrainingEvent => ({
  seq,
  time: '2024-01-01T00:00:00.000Z',
  type: 'probe.failed',
  probe: 'p',
  message: 'm',
});

async function sequence(reader: RunReader): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { seq } of reader.events()) numbers.push(seq);
  return numbers;
}

it('gives back what was recorded, copied', async () => {
  const store = new MemoryRunStore();
  const { writer, manifest } = await store.create(MANIFEST);
  const checkpoint = checkpointAt(1);
  await writer.consume(failed(1));
  await writer.saveCheckpoint(checkpoint);
  checkpoint.state['logits/bias'].data.fill(9);
  const running = await store.open(manifest.id);
  expect(running.summary).toMatchObject({ name: 'a run', status: 'running' });
  expect(await running.latestCheckpoint()).toEqual(checkpointAt(1));
  await writer.consume(finished(2));
  await writer.close();
  const reader = await store.open(manifest.id);
  expect(reader.summary.status).toBe('completed');
  expect(await sequence(reader)).toEqual([1, 2]);
});

it('drops what came after the checkpoint from which a run resumes', async () => {
  const store = new MemoryRunStore();
  const { writer, manifest } = await store.create(MANIFEST);
  for (const seq of [1, 2, 3]) {
    await writer.consume(failed(seq));
    await writer.saveCheckpoint(checkpointAt(seq));
  }
  await store.resume(manifest.id, checkpointAt(2));
  const reader = await store.open(manifest.id);
  expect(await sequence(reader)).toEqual([1, 2]);
  expect((await reader.latestCheckpoint())?.step).toBe(2);
});

it('refuses an unknown id, telling the known ones', async () => {
  const store = new MemoryRunStore();
  await store.create(MANIFEST);
  expect((await expectReluctantError(store.open('no-such'), 'RUN_NOT_FOUND')).message).toContain('run-1');
});
