import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import { ContainerModule } from 'inversify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Dataset } from '../dataset/dataset.js';
import { Engine, type Session } from '../engine/engine.js';
import type { NamedArrays } from '../engine/named-arrays.js';
import { Architecture } from '../graph/architecture.js';
import { unitMaskName, withUnitMasks } from '../graph/with-unit-masks.js';
import { createContainer } from '../plugin/plugins.js';
import type { Checkpoint } from '../store/run-store.js';
import { memoryDataset } from '../testing/fakes/memory-dataset.js';
import { MemoryRunStore } from '../testing/fakes/memory-run-store.js';
import { plantedNetwork } from '../testing/networks/planted-network.js';
import { predictSplit } from './predict-split.js';
import { recordedCheckpoint, withRecordedNetwork } from './recorded-network.js';

/** An engine whose logits are an image's first pixel and the sum of all weights that were written. */
async function world() {
  let state: NamedArrays = {};
  let closed = 0;
  const session: Session = {
    trainStep: async () => ({ loss: 1, correct: 0, taps: [] }),
    evaluate: async ({ size, x }) => {
      const sum = Object.values(state).reduce((total, { data }) => total + data[0], 0);
      const image = (index: number) => [x[(index * x.length) / size], sum];
      const logits = Float32Array.from(Array.from({ length: size }, (_, index) => image(index)).flat());
      return { loss: 1, correct: 0, taps: [], logits };
    },
    readState: async () => state,
    writeState: async (written) => void (state = written),
    close: async () => void closed++,
  };
  const module = new ContainerModule(({ bind }) => {
    bind(Dataset).toConstantValue(memoryDataset as Dataset);
    bind(Architecture).toConstantValue({
      kind: 'planted',
      summary: 'One ReLU layer',
      options: z.strictObject({}),
      build: () => plantedNetwork({ probabilities: [0, 1] }).network,
    });
    bind(Engine).toConstantValue({
      kind: 'weighing',
      summary: 'Sums weights',
      options: z.strictObject({}),
      status: async () => ({ available: true }),
      prepare: async () => undefined,
      open: async () => session,
    });
  });
  const container = await createContainer([module]);
  const loaded = await memoryDataset.load(memoryDataset.options.parse({}), { seed: 4 });
  const run = { name: 'x', seed: 4, versions: {}, machine: { platform: 'test', cpu: 'test', cores: 1 } };
  const config = { seed: 4, dataset: 'memory', architecture: 'planted', engine: 'weighing', probes: [] };
  const dataset = {
    kind: 'memory',
    source: 'memory',
    digest: loaded.digest,
    trainSize: 24,
    testSize: 12,
    probeSize: 12,
    classes: 3,
  };
  const { manifest } = await new MemoryRunStore().create({ ...run, config, dataset });
  return { container, manifest, loaded, closed: () => closed, state: () => state };
}

const one = { shape: [1], data: Float32Array.of(1) };
const checkpoint: Checkpoint = {
  state: {
    'weighted/kernel': one,
    'weighted/bias': one,
    'logits/kernel': one,
    'logits/bias': one,
    'optimizer/velocity/logits/bias': one,
  },
  loop: {},
  step: 5,
  epoch: 1,
  stepInEpoch: 0,
  seq: 9,
};

describe('withRecordedNetwork', () => {
  it('has the weights of the checkpoint without slots, what a transformation adds, and the data', async () => {
    const { container, manifest, state, loaded, closed } = await world();
    const tensors = memory().numTensors;
    const transform = (network: Parameters<typeof withUnitMasks>[0]) => withUnitMasks(network, ['planted']);
    const predicted = await withRecordedNetwork({ manifest }, checkpoint, container, { transform }, (recorded) => {
      expect(recorded.experiment.seed).toBe(4);
      return predictSplit(recorded.session, recorded.dataset.probe, { batchSize: 5, seed: 4 });
    });
    expect(Object.keys(state()).sort()).toEqual([
      'logits/bias',
      'logits/kernel',
      'planted/mask/gamma',
      'planted/mask/movingMean',
      'planted/mask/movingVariance',
      'weighted/bias',
      'weighted/kernel',
    ]);
    expect(state()[unitMaskName('planted')].data).toEqual(Float32Array.of(1, 1));
    // Twelve images in batches of 5, 5 and 2, in their order.
    const batches = [];
    for await (const batch of loaded.probe.batches({ batchSize: 12, seed: 0, epoch: 0, shuffle: false }))
      batches.push(batch);
    const [{ x, y }] = batches;
    expect(predicted.labels).toEqual(y);
    expect(predicted.classes).toBe(2);
    expect([...predicted.logits]).toEqual(Array.from(y, (_, image) => [x[16 * image], 6]).flat());
    expect(closed()).toBe(1);
    expect(memory().numTensors).toBe(tensors);
  });

  it('stops between batches when it is told to, and releases everything', async () => {
    const { container, manifest, closed } = await world();
    const tensors = memory().numTensors;
    const stop = new AbortController();
    let images = 0;
    const predicting = withRecordedNetwork({ manifest }, checkpoint, container, {}, ({ session, dataset }) =>
      predictSplit(session, dataset.test, {
        batchSize: 5,
        seed: 4,
        signal: stop.signal,
        onImages: (count) => {
          images += count;
          stop.abort(new Error('enough'));
        },
      }),
    );
    await expect(predicting).rejects.toThrow('enough');
    expect([images, closed()]).toEqual([5, 1]);
    expect(memory().numTensors).toBe(tensors);
  });

  it('refuses other data, and a run that trained nothing', async () => {
    const { container, manifest } = await world();
    const open = (changed: object) =>
      withRecordedNetwork({ manifest: { ...manifest, ...changed } }, checkpoint, container, {}, async () => 1);
    await expect(open({ dataset: { ...manifest.dataset!, digest: 'other' } })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('The data is not what run'),
    });
    await expect(open({ config: { simulation: 'none' } })).rejects.toMatchObject({ code: 'PLUGIN_UNKNOWN' });
  });
});

it('recordedCheckpoint tells where there is none', async () => {
  const store = new MemoryRunStore();
  const run = { name: 'x', seed: 4, versions: {}, machine: { platform: 'test', cpu: 'test', cores: 1 }, config: {} };
  const { manifest, writer } = await store.create(run);
  await expect(recordedCheckpoint(await store.open(manifest.id))).rejects.toMatchObject({ code: 'RUN_CORRUPT' });
  await writer.saveCheckpoint(checkpoint);
  expect((await recordedCheckpoint(await store.open(manifest.id))).step).toBe(5);
});
