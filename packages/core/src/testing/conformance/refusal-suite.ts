import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../dataset/dataset.js';
import type { Operation } from '../../graph/graph.js';
import type { Network } from '../../graph/network.js';
import { expectReluctantError } from '../expect-reluctant-error.js';
import { drawBatch } from '../fixtures/fixture-inputs.js';
import { fixtureModel } from '../networks/fixture-models.js';
import type { EngineBench } from './engine-bench.js';
import { expectSameBits } from './same-bits.js';

/** What an engine can't do, it refuses by name before anything is computed. */
export function refusalSuite(bench: EngineBench): void {
  describe('refuses with ENGINE_UNSUPPORTED', () => {
    const network = () => bench.network(fixtureModel('batch normalisation'));

    it('an operation that it does not know, naming the node', async () => {
      const known = network();
      const nodes = known.graph.nodes.map((node) =>
        node.name === 'relu2' ? { ...node, operation: { op: 'rotate' } as unknown as Operation } : node,
      );
      const unknown: Network = { ...known, graph: { ...known.graph, nodes } };
      const error = await expectReluctantError(bench.open(unknown), 'ENGINE_UNSUPPORTED');
      expect(error.message).toContain('relu2');
    });

    it('a tap at what is no site, naming it', async () => {
      const tap = { site: 'flat', at: 'activation', statistics: ['fired'], on: 'probe-split' } as const;
      const error = await expectReluctantError(bench.open(network(), { taps: [tap] }), 'ENGINE_UNSUPPORTED');
      expect(error.message).toContain('flat');
    });

    it.each(['gradient', 'preactivation-gradient'] as const)('a %s on the probe split, naming the site', async (at) => {
      const tap = { site: 'relu1', at, statistics: ['fired'], on: 'probe-split' } as const;
      const error = await expectReluctantError(bench.open(network(), { taps: [tap] }), 'ENGINE_UNSUPPORTED');
      expect(error.message).toContain('relu1');
    });
  });

  describe('refuses a batch with DATASET_CORRUPT and stays as it was', () => {
    const good = drawBatch({ seed: 1, inputShape: [3, 3, 2], classes: 3 }, 0, 4);
    it.each<[string, Batch, string]>([
      ['with a label beyond the classes', { ...good, y: Int32Array.of(0, 1, 3, 0) }, 'Label 3'],
      ['with a negative label', { ...good, y: Int32Array.of(0, -1, 1, 0) }, 'Label -1'],
      ['with a label too few', { ...good, y: Int32Array.of(0, 1, 1) }, 'the batch has 3'],
      ['with a label too many', { ...good, y: Int32Array.of(0, 1, 1, 0, 2) }, 'the batch has 5'],
      ['of images of another shape', { ...good, x: new Float32Array(8) }, 'the batch has 8'],
      ['without images', { size: 0, x: new Float32Array(0), y: new Int32Array(0) }, 'this one has 0'],
    ])('%s', async (_what, batch, message) => {
      const session = await bench.open(bench.network(fixtureModel('batch normalisation')));
      const before = await session.readState();
      const tensors = memory().numTensors;
      for (const refused of [session.trainStep(batch, { learningRate: 0.1, step: 0 }), session.evaluate(batch)]) {
        expect((await expectReluctantError(refused, 'DATASET_CORRUPT')).message).toContain(message);
      }
      expect(memory().numTensors).toBe(tensors);
      expectSameBits(await session.readState(), before);
    });
  });
}
