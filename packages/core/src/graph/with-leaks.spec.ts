import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../engine/named-arrays.js';
import { Random } from '../random/random.js';
import { drawBatch } from '../testing/fixtures/fixture-inputs.js';
import { randomNetwork } from '../testing/networks/random-network.js';
import { referenceNetwork } from '../testing/reference/reference-network.js';
import { referenceForward } from '../testing/reference/reference-operations.js';
import type { Network } from './network.js';
import { readParameters } from './parameters.js';
import { shiftOf } from './shift-of.js';
import { unitWiring } from './unit-wiring.js';
import { leakOf, leakSlopeName, withLeaks, withoutLeaks } from './with-leaks.js';
import { unitMaskName, withUnitMasks } from './with-unit-masks.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const namesOf = ({ sites }: Network) => sites.map(({ name }) => name);

const logitsOf = ({ graph }: Network, state: NamedArrays, seed: number) =>
  referenceNetwork(graph, state, batchFor(graph.nodes[0].shape, seed), 'evaluation').get(graph.output)!.data;

const batchFor = (inputShape: readonly number[], seed: number) => drawBatch({ seed, inputShape, classes: 2 }, 0, 3);

/** Logits of the network without leaks, where units of some slope are computed by hand as leaky, and masked ones are 0. */
function logitsByHand(
  { graph }: Network,
  state: NamedArrays,
  seed: number,
  unit: (site: string, unit: number) => { readonly slope: number; readonly mask: number },
) {
  const parameters = Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]),
  );
  const { size, x } = batchFor(graph.nodes[0].shape, seed);
  const outputs = new Map<string, ReturnType<typeof referenceForward>>();
  for (const node of graph.nodes) {
    const images = { shape: [size, ...node.shape], data: Float64Array.from(x) };
    const inputs = node.operation.op === 'input' ? [images] : node.inputs.map((name) => outputs.get(name)!);
    const output = referenceForward(node, inputs, parameters, 'evaluation');
    const data = output.data.map((y, i) => {
      if (node.operation.op !== 'relu') return y;
      const { slope, mask } = unit(node.name, i % node.shape.at(-1)!);
      const s = inputs[0].data[i];
      return mask === 0 ? 0 : s < 0 ? slope * s : y;
    });
    outputs.set(node.name, { ...output, data });
  }
  return outputs.get(graph.output)!.data;
}

describe('withLeaks', () => {
  it('makes single units leaky at any site of any network, and masks take away the leak as well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = new Random(seed, 'leaks');
        const network = randomNetwork(random, 6);
        const sites = namesOf(network).filter(() => random.uniform() < 0.7);
        const leaky = withUnitMasks(withLeaks(network, sites), namesOf(network));
        const state = readParameters(leaky);
        expect(logitsOf(leaky, state, seed)).toEqual(logitsOf(network, state, seed));
        for (const site of sites) {
          const { data } = state[leakSlopeName(site)];
          data.forEach((_, unit) => (data[unit] = random.integer(2) * random.uniform()));
        }
        for (const site of namesOf(network)) {
          const { data } = state[unitMaskName(site)];
          data.forEach((_, unit) => (data[unit] = Number(random.uniform() < 0.7)));
        }
        const expected = logitsByHand(network, state, seed, (site, unit) => ({
          slope: state[leakSlopeName(site)]?.data[unit] ?? 0,
          mask: state[unitMaskName(site)].data[unit],
        }));
        logitsOf(leaky, state, seed).forEach((logit, i) =>
          expect(Math.abs(logit - expected[i])).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(expected[i]))),
        );
        network.model.dispose();
      }),
      { numRuns: 30 },
    );
  });

  it('keeps model and sites, adds one parameter a site that is not trained, and can be undone', () => {
    const network = randomNetwork(new Random(3), 6);
    const leaky = withLeaks(network, namesOf(network));
    expect([leaky.model, leaky.sites]).toEqual([network.model, network.sites]);
    expect(leaky.graph.parameters.slice(network.graph.parameters.length)).toEqual(
      network.sites.map(({ name, units }) => ({
        name: leakSlopeName(name),
        shape: [units],
        trainable: false,
        role: 'slope',
      })),
    );
    expect(withoutLeaks(leaky.graph)).toEqual(network.graph);
    expect(withoutLeaks(network.graph)).toBe(network.graph);
    network.model.dispose();
  });

  it('keeps a leak that a site has', () => {
    const network = randomNetwork(new Random(3), 6);
    const [first, ...others] = namesOf(network);
    const once = withLeaks(network, [first]);
    once.added![leakSlopeName(first)].data.fill(0.5);
    expect(others.length).toBeGreaterThan(0);
    const twice = withLeaks(once, [first, ...others]);
    expect(twice.added![leakSlopeName(first)].data[0]).toBe(0.5);
    expect(twice.graph.nodes.filter(({ operation }) => operation.op === 'leak')).toHaveLength(network.sites.length);
    expect(leakOf(once.graph, others[0])).toBeUndefined();
    expect(leakOf(twice.graph, others[0])).toMatchObject({ operation: { slope: leakSlopeName(others[0]) } });
    network.model.dispose();
  });

  it('hides no weight and no shift around a unit', () => {
    let outgoing = 0;
    for (let seed = 0; seed < 20; seed++) {
      const network = randomNetwork(new Random(seed, 'wiring'), 6);
      const leaky = withLeaks(network, namesOf(network));
      const [plain, seen] = [network, leaky].map(({ graph }) => unitWiring(graph));
      for (const { name, units } of network.sites) {
        expect(shiftOf(leaky.graph, name)).toEqual(shiftOf(network.graph, name));
        for (let unit = 0; unit < units; unit++) {
          const wiring = plain(name, unit);
          expect(seen(name, unit)).toEqual(wiring);
          outgoing += wiring.outgoing.length;
        }
      }
      network.model.dispose();
    }
    expect(outgoing).toBeGreaterThan(100);
  });
});
