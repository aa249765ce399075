import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { ContainerModule } from 'inversify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TrainingExperiment } from '../config/experiment.js';
import { resolveExperiment } from '../config/resolve-experiment.js';
import { Dataset } from '../dataset/dataset.js';
import { Engine } from '../engine/engine.js';
import type { NamedArrays } from '../engine/named-arrays.js';
import { Architecture } from '../graph/architecture.js';
import { readParameters } from '../graph/parameters.js';
import { readNetwork } from '../graph/read-network.js';
import { createInitializerFactory } from '../initializer/create-initializer-factory.js';
import type { InitializerFactory } from '../initializer/initializer.js';
import { createContainer, plugins } from '../plugin/plugins.js';
import type { Tap } from '../probe/tap.js';
import { memoryDataset } from '../testing/fakes/memory-dataset.js';
import { openInitialNetwork } from './initial-network.js';

/** One weight layer of three units, and its ReLU. */
function threeUnits(initializers: InitializerFactory) {
  const dense = layers.dense({ name: 'dense', units: 3, ...initializers.layer('dense') });
  const flat = layers.flatten({ inputShape: [1, 1, 2] });
  return readNetwork(
    sequential({ layers: [flat, dense, layers.reLU({ name: 'relu' }), layers.dense({ name: 'out', units: 2 })] }),
  );
}

/** An engine whose session notes what weights it was given, and on how many images it was asked. */
async function prepared(failToOpen = false) {
  const log = { states: [] as NamedArrays[], images: [] as number[], taps: [] as readonly Tap[], closed: 0 };
  const engine: Engine = {
    kind: 'noting',
    summary: 'Notes what it is given',
    options: z.strictObject({}),
    status: async () => ({ available: true, device: 'paper' }),
    prepare: async () => undefined,
    async open(_network, { taps }) {
      if (failToOpen) throw new Error('no paper');
      log.taps = taps;
      return {
        trainStep: async () => ({ loss: 0, correct: 0, taps: [] }),
        async evaluate({ size }) {
          log.images.push(size);
          const fired = Float64Array.of(0, size, 2 * log.images.length);
          return { loss: 0, correct: 0, taps: [{ site: 'relu', at: 'activation', values: { fired } }] };
        },
        readState: async () => ({}),
        writeState: async (state) => void log.states.push(state),
        close: async () => void log.closed++,
      };
    },
  };
  const module = new ContainerModule(({ bind }) => {
    bind(Engine).toConstantValue(engine);
    bind(Dataset).toConstantValue(memoryDataset as Dataset);
    bind(Architecture).toConstantValue({
      kind: 'three',
      summary: 'Three units',
      options: z.strictObject({}),
      build: (_options, _task, initializers) => threeUnits(initializers),
    });
  });
  const registry = plugins(await createContainer([module]));
  const experiment = resolveExperiment(
    {
      seed: 5,
      dataset: { kind: 'memory', inputShape: [1, 1, 2], classes: 2 },
      architecture: 'three',
      engine: 'noting',
      probes: [],
      measurement: { batchSize: 4 },
    },
    registry,
    'test',
  ) as TrainingExperiment;
  return { log, registry, experiment };
}

describe('openInitialNetwork', () => {
  it('measures the weights of each draw on the first images, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const { log, registry, experiment } = await prepared();
    const network = await openInitialNetwork(experiment, registry, { statistics: ['fired'], images: 6 });
    expect(network).toMatchObject({ images: 6, engine: { kind: 'noting', device: 'paper' } });
    expect(log.taps).toEqual([{ site: 'relu', at: 'activation', on: 'probe-split', statistics: ['fired'] }]);

    const he = { kind: 'he-normal', bias: 0 } as const;
    const [sample] = (await network.measure(he, 0))!;
    expect(sample).toMatchObject({ site: 'relu', images: 6, elements: 6, step: 0, on: 'probe-split' });
    expect([...sample.values.fired!]).toEqual([0, 6, 2 + 4]);
    await network.measure(he, 1);
    await network.measure({ kind: 'gaussian', sigma: 3, bias: 0.5 }, 1);
    await network.measure(he, 0);
    expect(log.images).toEqual([4, 2, 4, 2, 4, 2, 4, 2]);

    const [first, second, other, again] = log.states.map((state) => state['dense/kernel'].data);
    const started = threeUnits(createInitializerFactory(he, 5));
    expect(first).toEqual(readParameters(started)['dense/kernel'].data);
    started.model.dispose();
    expect(second).not.toEqual(first);
    expect(other).not.toEqual(second);
    expect(log.states[2]['dense/bias'].data).toEqual(Float32Array.of(0.5, 0.5, 0.5));
    expect(again).toEqual(first);

    await network.close();
    expect(log.closed).toBe(1);
    expect(memory().numTensors).toBe(before);
  });

  it('counts nothing of a network that it did not measure to the end', async () => {
    const { registry, experiment } = await prepared();
    const network = await openInitialNetwork(experiment, registry, { statistics: ['fired'] });
    const signal = AbortSignal.abort();
    expect(await network.measure(experiment.initializer, 0, signal)).toBeUndefined();
    await network.close();
  });

  it('leaves no tensor behind where the engine fails', async () => {
    const before = memory().numTensors;
    const { registry, experiment } = await prepared(true);
    await expect(openInitialNetwork(experiment, registry, { statistics: ['fired'] })).rejects.toThrow('no paper');
    expect(memory().numTensors).toBe(before);
  });
});
