import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import { ContainerModule, type Container } from 'inversify';
import { EMPTY } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { resolveExperiment } from '../config/resolve-experiment.js';
import { Dataset, type Split } from '../dataset/dataset.js';
import { Engine, type Session } from '../engine/engine.js';
import { Architecture } from '../graph/architecture.js';
import { createContainer, plugins } from '../plugin/plugins.js';
import type { InspectedNetwork } from '../probe/inspected-network.js';
import { Probe } from '../probe/probe.js';
import { RunStore } from '../store/run-store.js';
import { memoryDataset } from '../testing/fakes/memory-dataset.js';
import { MemoryRunStore } from '../testing/fakes/memory-run-store.js';
import { plantedNetwork } from '../testing/networks/planted-network.js';
import { Environment } from './environment.js';
import { resumeExperiment, runExperiment } from './run-experiment.js';
import type { RunOptions } from './record-run.js';

/** What goes wrong, and where. */
interface Faults {
  readonly open?: () => never;
  readonly close?: () => never;
  readonly create?: () => never;
  /** Makes the training split's second batch fail. */
  readonly batch?: () => never;
  readonly options?: RunOptions;
  /** What the session says of itself. */
  readonly device?: string;
}

/** An engine that learns nothing, whose session counts how often it is closed. */
function idleEngine({ open, close, device }: Faults, closed: { count: number; reads: number }): Engine {
  const session: Session = {
    device,
    trainStep: async () => ({ loss: 1, correct: 0, taps: [] }),
    evaluate: async () => ({ loss: 1, correct: 0, taps: [] }),
    readState: async () => {
      closed.reads++;
      return {};
    },
    winograd: ['weighted'],
    writeState: async () => undefined,
    close: async () => {
      closed.count++;
      close?.();
    },
  };
  return {
    kind: 'idle',
    summary: 'Learns nothing',
    options: z.strictObject({}),
    status: async () => ({ available: true, device: 'idle (1 thread)' }),
    prepare: async () => undefined,
    async open(_network, _plan, _options, context) {
      context?.onProgress?.({ label: 'opening', done: 1, total: 2 });
      return open?.() ?? session;
    },
  };
}

function failingAt(split: Split, fail: () => never): Split {
  return {
    size: split.size,
    async *batches(options) {
      let count = 0;
      for await (const batch of split.batches(options)) {
        if (++count === 2) fail();
        yield batch;
      }
    },
  };
}

async function world(faults: Faults = {}) {
  const closed = { count: 0, reads: 0 };
  const looks: Pick<InspectedNetwork, 'step' | 'epoch' | 'winograd'>[] = [];
  const store = new MemoryRunStore();
  if (faults.create) store.create = async () => faults.create!();
  const dataset: Dataset = {
    ...(memoryDataset as Dataset),
    async load(options, context) {
      const loaded = await memoryDataset.load(options as never, context);
      return faults.batch ? { ...loaded, train: failingAt(loaded.train, faults.batch) } : loaded;
    },
  };
  const module = new ContainerModule(({ bind }) => {
    bind(Dataset).toConstantValue(dataset);
    bind(Architecture).toConstantValue({
      kind: 'planted',
      summary: 'One ReLU layer',
      options: z.strictObject({}),
      build: () => plantedNetwork({ probabilities: [0, 1] }).network,
    });
    bind(Engine).toConstantValue(idleEngine(faults, closed));
    bind(RunStore).toConstantValue(store);
    bind(Probe).toConstantValue({
      kind: 'looker',
      summary: 'Looks and says nothing',
      options: z.strictObject({}),
      taps: () => [],
      readings: () => EMPTY,
      inspect: ({ step, epoch, winograd }) => {
        looks.push({ step, epoch, winograd });
        return [];
      },
    });
    bind(Environment).toConstantValue({ versions: {}, machine: { platform: 'test', cpu: 'test', cores: 1 } });
  });
  const container = await createContainer([module]);
  return { closed, looks, store, container };
}

const document = {
  dataset: 'memory',
  architecture: 'planted',
  engine: 'idle',
  probes: [],
  training: { epochs: 2, batchSize: 8 },
};
const experimentIn = (container: Container, more: object = {}) =>
  resolveExperiment({ ...document, ...more }, plugins(container), 'test');

const broken = (what: string) => (): never => {
  throw new Error(what);
};

describe('a run that fails', () => {
  it.each<[string, Faults, { sessions: number; status: string | undefined }]>([
    ['when the network is compiled', { open: broken('planned') }, { sessions: 0, status: undefined }],
    ['when the record is made', { create: broken('planned') }, { sessions: 1, status: undefined }],
    ['in the middle of an epoch', { batch: broken('planned') }, { sessions: 1, status: 'failed' }],
    ['when the session closes', { close: broken('planned') }, { sessions: 1, status: 'completed' }],
    ['when an observer starts', { options: { onStart: broken('planned') } }, { sessions: 1, status: 'failed' }],
  ])('%s tells why and leaves no tensor, session or open record behind', async (_, faults, { sessions, status }) => {
    const { closed, store, container } = await world(faults);
    const tensors = memory().numTensors;
    await expect(runExperiment(experimentIn(container), container, faults.options)).rejects.toThrow('planned');
    expect(memory().numTensors).toBe(tensors);
    expect(closed.count).toBe(sessions);
    const statuses: string[] = [];
    for await (const run of store.list()) statuses.push(run.status);
    expect(statuses).toEqual(status === undefined ? [] : [status]);
  });
});

it('a run whose signal was aborted beforehand is saved before its first step, and resumed from there', async () => {
  const { closed, store, container } = await world();
  const tensors = memory().numTensors;
  const signal = AbortSignal.abort();
  const { id, status } = await runExperiment(experimentIn(container), container, { signal });
  expect(status).toBe('interrupted');
  expect(await (await store.open(id)).latestCheckpoint()).toMatchObject({ step: 0, epoch: 0 });
  expect(await resumeExperiment(id, container)).toMatchObject({ id, status: 'completed' });
  expect(await (await store.open(id)).latestCheckpoint()).toMatchObject({ step: 6, epoch: 2 });
  expect(closed.count).toBe(2);
  expect(memory().numTensors).toBe(tensors);
});

it.each([
  [undefined, 'idle (1 thread)'],
  ['idle (1 thread, well rested)', 'idle (1 thread, well rested)'],
])('a run whose session is on %j records the device %j, and tells how opening goes', async (device, recorded) => {
  const { store, container } = await world({ device });
  const onPreparation = vi.fn();
  const { id } = await runExperiment(experimentIn(container), container, { onPreparation });
  expect((await store.open(id)).summary.manifest.engine).toEqual({ kind: 'idle', device: recorded });
  expect(onPreparation).toHaveBeenCalledWith({ label: 'opening', done: 1, total: 2 });
});

it('a run whose plugins are not loaded is not resumed, and says which to give', async () => {
  const { store, container } = await world();
  const { manifest } = await store.create({
    name: 'x',
    config: { ...document, architecture: 'mine', plugins: ['./mine.js'] },
    seed: 1,
    ...container.get(Environment),
  });
  await expect(resumeExperiment(manifest.id, container)).rejects.toMatchObject({
    code: 'PLUGIN_UNKNOWN',
    message: expect.stringMatching(/Unknown kind "mine"[\s\S]*\.\/mine\.js: give each with --plugin/),
  });
});

it('the network is shown to probes at every measurement, and its state is read only where one looks', async () => {
  const { closed, looks, container } = await world();
  await runExperiment(experimentIn(container), container);
  const checkpoints = closed.reads;
  await runExperiment(experimentIn(container, { probes: ['looker'] }), container);
  expect(looks).toEqual([0, 1, 2].map((epoch) => ({ step: 3 * epoch, epoch, winograd: ['weighted'] })));
  expect([checkpoints, closed.reads - checkpoints]).toEqual([2, 5]);
});
