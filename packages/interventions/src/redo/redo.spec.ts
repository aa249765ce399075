import '@tensorflow/tfjs-backend-cpu';
import { readNetwork, readParameters, Random, type NamedArrays, type Network } from '@reluctant/core';
import { drawBatch, drawParameters, randomNetwork, randomPlan, referenceNetwork } from '@reluctant/core/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { differences, interveneOn, samplesOf, stateWith } from '../testing/intervene-on.js';
import { redo } from './redo.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const ADAM = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decayOn: 'kernels' } as const;

/** [4, 4, 2] → conv 3, batch norm, ReLU, pool to 2×2, conv 4 with a fused ReLU, flatten, dense 3. */
function plainNetwork(): Network {
  return readNetwork(
    sequential({
      layers: [
        layers.conv2d({ name: 'conv1', inputShape: [4, 4, 2], filters: 3, kernelSize: 3, padding: 'same' }),
        layers.batchNormalization({ name: 'bn' }),
        layers.reLU({ name: 'relu1' }),
        layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
        layers.conv2d({ name: 'conv2', filters: 4, kernelSize: 1, activation: 'relu' }),
        layers.flatten({ name: 'flat' }),
        layers.dense({ name: 'logits', units: 3 }),
      ],
    }),
  );
}

const batch = drawBatch({ seed: 5, inputShape: [4, 4, 2], classes: 3 }, 0, 6);

/** Weights drawn at random, but relu1's unit 1 and conv2/relu's units 0 and 2 never fire. */
function withDeadUnits(network: Network): NamedArrays {
  const parameters = drawParameters(network, { seed: 3 });
  parameters['bn/beta'].data[1] = -1e3;
  for (const unit of [0, 2]) parameters['conv2/bias'].data[unit] = -1e3;
  return stateWith(parameters, network, ADAM);
}

const logitsOf = ({ graph }: Network, state: NamedArrays, images = batch) =>
  referenceNetwork(graph, state, images, 'evaluation').get(graph.output)!.data;

describe('redo', () => {
  it('re-initialises units that are dormant and nothing else, bit for bit', () => {
    const network = plainNetwork();
    const state = withDeadUnits(network);
    const samples = samplesOf(network, state, batch);
    const { changes, applied, withheld } = interveneOn(redo, network, { state, samples }, { tau: 0 });
    expect(applied).toEqual([
      { site: 'relu1', units: [1], action: 're-initialised' },
      { site: 'conv2/relu', units: [0, 2], action: 're-initialised' },
    ]);
    expect(withheld).toEqual([]);

    const after = { ...state, ...changes };
    const changed = differences(state, after);
    // The entries that belong to them, by hand: [3, 3, 2, 3] for unit 1; [1, 1, 3, 4] for its row, and for units 0 and 2;
    // [16, 3] for the rows of units 0 and 2 at each of the four positions.
    const column1 = Array.from({ length: 18 }, (_, i) => i * 3 + 1);
    const kernel2 = [0, 2, 4, 5, 6, 7, 8, 10];
    const rows = [0, 4, 8, 12].flatMap((position) =>
      [0, 2].flatMap((unit) => [0, 1, 2].map((out) => (position + unit) * 3 + out)),
    );
    const own: Record<string, readonly number[]> = {
      'conv1/kernel': column1,
      'conv1/bias': [1],
      'bn/gamma': [1],
      'bn/beta': [1],
      'conv2/kernel': kernel2,
      'conv2/bias': [0, 2],
      'logits/kernel': rows,
    };
    const expected = Object.entries(own).flatMap(([name, entries]) =>
      [name, `optimizer/firstMoment/${name}`, `optimizer/secondMoment/${name}`].flatMap((array) =>
        entries.map((entry) => `${array}[${entry}]`),
      ),
    );
    expect(changed.toSorted()).toEqual([...expected, 'bn/movingMean[1]', 'bn/movingVariance[1]'].sort());

    for (const [name, entries] of Object.entries(own)) {
      for (const slot of ['firstMoment', 'secondMoment']) {
        expect(entries.map((entry) => after[`optimizer/${slot}/${name}`].data[entry])).toEqual(entries.map(() => 0));
      }
    }
    expect(['bn/gamma', 'bn/beta', 'bn/movingMean', 'bn/movingVariance'].map((name) => after[name].data[1])).toEqual([
      1, 0, 0, 1,
    ]);
    expect([0, 2].map((unit) => after['conv2/bias'].data[unit])).toEqual([0, 0]);
    expect(rows.map((entry) => after['logits/kernel'].data[entry])).toEqual(rows.map(() => 0));
    // Of unit 1's row, what leads to the units that stay is closed, what leads to the re-initialised is new.
    expect([5, 7].map((entry) => after['conv2/kernel'].data[entry])).toEqual([0, 0]);
    expect([4, 6].every((entry) => after['conv2/kernel'].data[entry] !== 0)).toBe(true);
  });

  it('leaves the logits as they were where the units never fired, and makes them fire', () => {
    const network = plainNetwork();
    const state = withDeadUnits(network);
    const samples = samplesOf(network, state, batch);
    const after = { ...state, ...interveneOn(redo, network, { state, samples }, { tau: 0 }).changes };
    expect(logitsOf(network, after)).toEqual(logitsOf(network, state));
    const [relu1, relu2] = samplesOf(network, after, batch).map(({ values }) => values.fired!);
    expect([relu1[1], relu2[0], relu2[2]].every((fired) => fired > 0)).toBe(true);
    // Other units of the site see no difference.
    expect([0, 2].map((unit) => relu1[unit])).toEqual([0, 2].map((unit) => samples[0].values.fired![unit]));
  });

  it('draws as the initializer of the experiment does, each unit from a draw of the whole layer', () => {
    const network = plainNetwork();
    const state = withDeadUnits(network);
    const samples = samplesOf(network, state, batch);
    const initializer = { kind: 'gaussian', sigma: 1e-3, bias: 0.25 } as const;
    const { changes } = interveneOn(redo, network, { state, samples, initializer }, { tau: 0 });
    const weights = Array.from({ length: 18 }, (_, i) => changes['conv1/kernel'].data[i * 3 + 1]);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(6e-3);
    expect(new Set(weights).size).toBe(18);
    expect([0, 2].map((unit) => changes['conv2/bias'].data[unit])).toEqual([0.25, 0.25]);
  });

  it('revives a layer that is silent as a whole, behind another that is', () => {
    const network = plainNetwork();
    const parameters = drawParameters(network, { seed: 3 });
    parameters['bn/beta'].data.fill(-1e3);
    parameters['conv2/bias'].data.fill(-1e3);
    const state = stateWith(parameters, network, ADAM);
    const samples = samplesOf(network, state, batch);
    const { changes, applied } = interveneOn(redo, network, { state, samples });
    expect(applied.map(({ units }) => units.length)).toEqual([3, 4]);
    const fired = samplesOf(network, { ...state, ...changes }, batch).map(({ values }) => Math.max(...values.fired!));
    expect(Math.min(...fired)).toBeGreaterThan(0);
  });

  it("takes τ of the layer's mean, as the probe does", () => {
    const network = plainNetwork();
    const state = stateWith(readParameters(network), network, ADAM);
    const samples = [{ ...samplesOf(network, state, batch)[0], values: { sumAbs: Float64Array.of(1, 10, 400) } }];
    const unitsAt = (tau: number) =>
      interveneOn(redo, network, { state, samples }, { tau }).applied.flatMap(({ units }) => units);
    // Scores 3/411 = .0073, 30/411 = .073, 1200/411.
    expect([0, 0.007, 0.0074, 0.08].map(unitsAt)).toEqual([[], [], [0], [0, 1]]);
  });

  it('leaves alone what is not theirs alone, and says why', () => {
    const x = input({ name: 'x', shape: [4] });
    const apply = (layer: layers.Layer, ...from: SymbolicTensor[]) =>
      layer.apply(from.length === 1 ? from[0] : from) as SymbolicTensor;
    const dense = (name: string, options = {}) => layers.dense({ name, units: 4, activation: 'relu', ...options });
    const twice = dense('twice');
    const shared = apply(twice, apply(twice, apply(dense('first'), x)));
    const skip = apply(dense('skip'), apply(dense('frozen', { trainable: false }), shared));
    const sum = apply(layers.add({ name: 'add' }), apply(dense('branch', { activation: undefined }), skip), skip);
    const outer = apply(layers.reLU({ name: 'outer' }), sum);
    const alone = apply(layers.reLU({ name: 'none' }), outer);
    const network = readNetwork(
      model({ inputs: x, outputs: apply(layers.dense({ name: 'logits', units: 2 }), alone) }),
    );
    const state = stateWith(readParameters(network), network, ADAM);
    const images = { size: 1, x: new Float32Array(4), y: new Int32Array(1) };
    const samples = samplesOf(network, state, images);
    const { applied, withheld } = interveneOn(redo, network, { state, samples });
    expect(applied.map(({ site }) => site)).toEqual(['outer']);
    expect(withheld.map(({ site, units, reason }) => [site, units.length, reason])).toEqual([
      ['first/relu', 4, 'twice/kernel: weights around it are used by another call of their layer too'],
      ['twice/relu', 4, 'twice/kernel: weights around it are used by another call of their layer too'],
      ['twice#2/relu', 4, 'twice/kernel: weights around it are used by another call of their layer too'],
      ['frozen/relu', 4, 'frozen/kernel: weights around it are frozen'],
      ['skip/relu', 4, 'its output goes on through a skip connection, so that no weight can close it off'],
      ['none', 4, 'no weights lead to it alone'],
    ]);
    const repaired = interveneOn(redo, network, { state, samples }, { skips: 'repair' });
    expect(repaired.applied.map(({ site }) => site)).toEqual(['skip/relu', 'outer']);
  });

  it('in any network: what units are turned into changes no logit, and nothing is changed without being told', () => {
    let repaired = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = new Random(seed, 'redo');
      const network = randomNetwork(random, 7);
      const { graph, sites } = network;
      const state = stateWith(readParameters(network), network, randomPlan(random).optimizer);
      const images = drawBatch({ seed, inputShape: graph.nodes[0].shape, classes: 2 }, 0, 2);
      const samples = samplesOf(network, state, images).map((sample) => ({
        ...sample,
        values: { sumAbs: sample.values.sumAbs!.map(() => random.integer(3)) },
      }));
      const [one, other] = [1, 2].map((stream) => {
        const own = (...path: readonly (number | string)[]) => new Random(stream, ...path);
        return interveneOn(redo, network, { state, samples, random: own }, { tau: 0 });
      });
      expect(one.applied).toEqual(other.applied);
      expect(logitsOf(network, { ...state, ...one.changes }, images)).toEqual(
        logitsOf(network, { ...state, ...other.changes }, images),
      );
      const told = [...one.applied, ...one.withheld].flatMap(({ site, units }) =>
        units.map((unit) => `${site} ${unit}`),
      );
      const silent = sites.flatMap(({ name }, index) =>
        Array.from(samples[index].values.sumAbs, (sum, unit) => (sum === 0 ? [`${name} ${unit}`] : [])).flat(),
      );
      expect(told.toSorted()).toEqual(silent.toSorted());
      if (one.applied.length === 0) expect(one.changes).toEqual({});
      repaired += one.applied.flatMap(({ units }) => units).length;
      network.model.dispose();
    }
    expect(repaired).toBeGreaterThan(100);
  });
});
