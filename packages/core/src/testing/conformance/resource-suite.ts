import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { readNetwork } from '../../graph/read-network.js';
import { drawBatch } from '../fixtures/fixture-inputs.js';
import { allTaps, PLAIN_PLAN, type EngineBench } from './engine-bench.js';

const MEBIBYTE = 2 ** 20;
const BATCH = drawBatch({ seed: 1, inputShape: [2, 2, 1], classes: 2 }, 0, 2);

/** Nothing grows with the number of steps, and closing gives everything back. */
export function resourceSuite(bench: EngineBench): void {
  const tinyModel = () =>
    sequential({
      layers: [
        layers.flatten({ name: 'flat', inputShape: [2, 2, 1] }),
        layers.dense({ name: 'hidden', units: 3, activation: 'relu' }),
        layers.dropout({ name: 'drop', rate: 0.1 }),
        layers.dense({ name: 'logits', units: 2 }),
      ],
    });

  describe('resources', () => {
    it('do not grow over 1,000 steps', async () => {
      const network = bench.network(tinyModel());
      const session = await bench.open(network, { taps: allTaps(network) });
      const run = async (from: number, to: number) => {
        for (let step = from; step < to; step++) await session.trainStep(BATCH, { learningRate: 0.01, step });
        await session.evaluate(BATCH);
        await session.writeState(await session.readState());
      };
      await run(0, 200);
      const before = { tensors: memory().numTensors, resident: process.memoryUsage.rss() };
      await run(200, 1000);
      expect(memory().numTensors).toBe(before.tensors);
      expect((process.memoryUsage.rss() - before.resident) / MEBIBYTE).toBeLessThan(100);
    });

    it('are given back when a session closes', async () => {
      const model = tinyModel();
      const network = readNetwork(model);
      const before = memory().numTensors;
      for (let repeat = 0; repeat < 3; repeat++) {
        const session = await bench.engine.open(network, { ...PLAIN_PLAN, taps: allTaps(network) }, bench.options);
        await session.trainStep(BATCH, { learningRate: 0.01, step: 0 });
        await session.close();
      }
      expect(memory().numTensors).toBe(before);
      model.dispose();
    });
  });
}
