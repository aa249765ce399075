import { describe, expect, it } from 'vitest';
import type { Operation } from '../../graph/graph.js';
import type { Network } from '../../graph/network.js';
import { expectReluctantError } from '../expect-reluctant-error.js';
import { fixtureModel } from '../networks/fixture-models.js';
import type { EngineBench } from './engine-bench.js';

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

    it('a gradient on the probe split, naming the site', async () => {
      const tap = { site: 'relu1', at: 'gradient', statistics: ['fired'], on: 'probe-split' } as const;
      const error = await expectReluctantError(bench.open(network(), { taps: [tap] }), 'ENGINE_UNSUPPORTED');
      expect(error.message).toContain('relu1');
    });
  });
}
