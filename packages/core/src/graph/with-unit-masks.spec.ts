import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../engine/named-arrays.js';
import { Random } from '../random/random.js';
import { drawBatch } from '../testing/fixtures/fixture-inputs.js';
import { randomNetwork } from '../testing/networks/random-network.js';
import { referenceNetwork } from '../testing/reference/reference-network.js';
import { referenceForward } from '../testing/reference/reference-operations.js';
import type { NetworkGraph } from './graph.js';
import { readParameters, writeParameters } from './parameters.js';
import { unitMaskName, withUnitMasks } from './with-unit-masks.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Logits of the unmasked graph where some units' outputs are set to zero by hand. */
function logitsWithout(
  graph: NetworkGraph,
  state: NamedArrays,
  x: Float32Array,
  silenced: ReadonlyMap<string, number[]>,
) {
  const parameters = Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]),
  );
  const outputs = new Map<string, ReturnType<typeof referenceForward>>();
  for (const node of graph.nodes) {
    const size = x.length / graph.nodes[0].shape.reduce((product, extent) => product * extent, 1);
    const images = { shape: [size, ...node.shape], data: Float64Array.from(x) };
    const inputs = node.operation.op === 'input' ? [images] : node.inputs.map((name) => outputs.get(name)!);
    const output = referenceForward(node, inputs, parameters, 'evaluation');
    const units = node.shape.at(-1)!;
    const off = new Set(silenced.get(node.name));
    outputs.set(node.name, { ...output, data: output.data.map((y, i) => (off.has(i % units) ? 0 : y)) });
  }
  return outputs.get(graph.output)!.data;
}

describe('withUnitMasks', () => {
  it('takes away exactly the outputs of the units whose mask is 0, at any site of any network', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = new Random(seed, 'masks');
        const network = randomNetwork(random, 6);
        const sites = network.sites.filter(() => random.uniform() < 0.7);
        const masked = withUnitMasks(
          network,
          sites.map(({ name }) => name),
        );
        const state = readParameters(masked);
        const inputShape = network.graph.nodes[0].shape;
        const batch = drawBatch({ seed, inputShape, classes: 2 }, 0, 3);
        const logits = (of: typeof network) =>
          referenceNetwork(of.graph, state, batch, 'evaluation').get(of.graph.output)!.data;
        expect(logits(masked)).toEqual(logits(network));

        const silenced = new Map<string, number[]>();
        for (const { name, units } of sites) {
          const { data } = state[unitMaskName(name)];
          for (let unit = 0; unit < units; unit++) if (random.uniform() < 0.5) data[unit] = 0;
          silenced.set(name, [...data.keys()].filter((unit) => data[unit] === 0)); // prettier-ignore
        }
        expect(logits(masked)).toEqual(logitsWithout(network.graph, state, batch.x, silenced));
        network.model.dispose();
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the sites, and the model as it is', () => {
    const network = randomNetwork(new Random(3), 6);
    const masked = withUnitMasks(network, network.sites.map(({ name }) => name)); // prettier-ignore
    expect(masked.sites).toBe(network.sites);
    const before = readParameters(network);
    const state = readParameters(masked);
    expect(Object.keys(state)).toEqual(masked.graph.parameters.map(({ name }) => name));
    const doubled = Object.entries(state).map(([name, { shape, data }]) => [
      name,
      { shape, data: data.map((w) => 2 * w) },
    ]);
    writeParameters(masked, Object.fromEntries(doubled));
    for (const [name, { data }] of Object.entries(readParameters(network)))
      expect(data).toEqual(before[name].data.map((w) => 2 * w));
    expect(readParameters(masked)[unitMaskName(network.sites[0].name)]).toEqual(
      state[unitMaskName(network.sites[0].name)],
    );
    network.model.dispose();
  });
});
