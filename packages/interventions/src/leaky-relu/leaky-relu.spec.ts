import '@tensorflow/tfjs-backend-cpu';
import { leakSlopeName, Random, readParameters, type Network } from '@reluctant/core';
import { drawBatch, plantedNetwork, randomNetwork, randomPlan } from '@reluctant/core/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { redo } from '../redo/redo.js';
import { reinitializeBias } from '../reinitialize-bias/reinitialize-bias.js';
import { differences, interveneOn, samplesOf, stateWith } from '../testing/intervene-on.js';
import { leakyRelu } from './leaky-relu.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const prepared = (network: Network, options: object = {}) =>
  leakyRelu.prepare!(network, leakyRelu.options.parse(options));

const { network, batch } = plantedNetwork({ probabilities: [0, 0.5, 0, 1] });

function intervened(options: object = {}, slopes: readonly number[] = [0, 0, 0, 0]) {
  const leaky = prepared(network, options);
  const state = readParameters(leaky);
  state[leakSlopeName('planted')].data.set(slopes);
  const result = interveneOn(leakyRelu, leaky, { state, samples: samplesOf(leaky, state, batch) }, options);
  return { ...result, state, slopes: Array.from((result.changes[leakSlopeName('planted')] ?? { data: [] }).data) };
}

describe('leaky-relu', () => {
  it('gives units that never fired a slope, and changes nothing else', () => {
    const { state, changes, applied, withheld } = intervened({ alpha: 0.25 });
    expect(differences(state, { ...state, ...changes })).toEqual(['planted/leak/slope[0]', 'planted/leak/slope[2]']);
    expect(changes[leakSlopeName('planted')].data).toEqual(Float32Array.of(0.25, 0, 0.25, 0));
    expect(applied).toEqual([{ site: 'planted', units: [0, 2], action: 'made leaky' }]);
    expect(withheld).toEqual([]);
  });

  it('takes 0.01 by default, and all units where it is asked to', () => {
    const alpha = Math.fround(0.01);
    expect(intervened().slopes).toEqual([alpha, 0, alpha, 0]);
    expect(intervened({ units: 'all' }).slopes).toEqual([alpha, alpha, alpha, alpha]);
  });

  it('leaves units that are leaky already as they are, and tells of none twice', () => {
    const { slopes, applied } = intervened({}, [0.5, 0, 0, 0.5]);
    expect(slopes).toEqual([0.5, 0, Math.fround(0.01), 0.5]);
    expect(applied).toEqual([{ site: 'planted', units: [2], action: 'made leaky' }]);
    expect(intervened({}, [0.5, 0, 0.5, 0])).toMatchObject({ changes: {}, applied: [], withheld: [] });
  });

  it.each([0, 1, -0.1, 2])('refuses α = %d', (alpha) => {
    expect(() => leakyRelu.options.parse({ alpha })).toThrow(/alpha|Too/);
  });

  it('prepares the sites that are named, and refuses one that there is not', () => {
    const random = randomNetwork(new Random(3), 6);
    const [first, second] = random.sites.map(({ name }) => name);
    const { added = {} } = prepared(random, { sites: [first] });
    expect(Object.keys(added)).toEqual([leakSlopeName(first)]);
    expect(second).toBeDefined();
    expect(() => prepared(network, { sites: ['plantd'] })).toThrow(/Did you mean "planted"/);
    random.model.dispose();
  });

  it('is not in the way of other interventions: they do on a prepared network what they do on a plain one', () => {
    let changed = 0;
    for (let seed = 0; seed < 30; seed++) {
      const random = new Random(seed, 'leaky');
      const plain = randomNetwork(random, 6);
      const leaky = prepared(plain);
      const { optimizer } = randomPlan(random);
      const images = drawBatch({ seed, inputShape: plain.graph.nodes[0].shape, classes: 2 }, 0, 2);
      const [one, other] = [plain, leaky].map((of) => {
        const state = stateWith(readParameters(of), of, optimizer);
        const drawn = new Random(seed, 'fired');
        const samples = samplesOf(of, state, images).map((sample) => {
          const fired = sample.values.fired!.map(() => drawn.integer(3));
          return { ...sample, values: { fired, sumAbs: fired } };
        });
        return [redo, reinitializeBias].map((intervention) =>
          interveneOn<never>(intervention as never, of, { state, samples }),
        );
      });
      expect(other).toEqual(one);
      changed += one.flatMap(({ applied }) => applied.flatMap(({ units }) => units)).length;
      plain.model.dispose();
    }
    expect(changed).toBeGreaterThan(20);
  });
});
