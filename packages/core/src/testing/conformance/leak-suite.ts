import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '../../engine/named-arrays.js';
import { leakSlopeName, withLeaks } from '../../graph/with-leaks.js';
import type { Network } from '../../graph/network.js';
import { Random } from '../../random/random.js';
import type { Tap } from '../../probe/tap.js';
import { drawBatch, drawParameters } from '../fixtures/fixture-inputs.js';
import { plantedNetwork } from '../networks/planted-network.js';
import { randomNetwork } from '../networks/random-network.js';
import { referenceLoss, referenceNetwork } from '../reference/reference-network.js';
import { allTaps, type EngineBench } from './engine-bench.js';
import { expectClose } from './expect-close.js';
import { BIASES, rectifiedModel } from './rectified-model.js';

const WANTED = { taps: false, logits: true } as const;

/** ReLU units are made leaky by `withLeaks`, and as long as none is, nothing is any different. */
export function leakSuite(bench: EngineBench): void {
  const leakyEverywhere = (network: Network) => withLeaks(network, network.sites.map(({ name }) => name)); // prettier-ignore

  describe('leaks', () => {
    it.each([1, 2, 3, 4, 5, 6])('of slope 0 change nothing (drawing %i)', async (seed) => {
      const network = bench.adopt(randomNetwork(new Random(seed, 'leaky'), 6));
      const batch = drawBatch({ seed, inputShape: network.graph.nodes[0].shape, classes: 2 }, 0, 4);
      const [plain, leaky] = await Promise.all(
        [network, leakyEverywhere(network)].map(async (of) => {
          const session = await bench.open(of, { taps: allTaps(of) });
          const before = (await session.evaluate(batch, WANTED)).logits!;
          const step = await session.trainStep(batch, { learningRate: 0.05, step: 0 });
          return { before, step, after: await session.readState() };
        }),
      );
      expect(leaky.before).toEqual(plain.before);
      expect(leaky.step.loss).toBe(plain.step.loss);
      for (const [name, { data }] of Object.entries(plain.after)) expect(leaky.after[name].data, name).toEqual(data);
      leaky.step.taps.forEach(({ values, site, at }, index) => {
        for (const [statistic, value] of Object.entries(plain.step.taps[index].values)) {
          const actual = values[statistic as keyof typeof values]!;
          const what = `${statistic} of ${at} at ${site}`;
          // Sums may be taken in another order: in front of a pooling, over what it has left.
          if (statistic.startsWith('sum')) expectClose(actual, value, 1e-5, what);
          else expect(actual.map(positiveZero), what).toEqual(value.map(positiveZero));
        }
      });
    });

    it.each([1, 2, 3, 4, 5, 6])('give the logits of leaky units (drawing %i)', async (seed) => {
      const random = new Random(seed, 'leaky');
      const network = bench.adopt(randomNetwork(random, 6));
      const leaky = leakyEverywhere(network);
      const session = await bench.open(leaky);
      const state = withSlopes(leaky, await session.readState(), random);
      await session.writeState(state);
      const batch = drawBatch({ seed, inputShape: network.graph.nodes[0].shape, classes: 2 }, 0, 3);
      const expected = referenceNetwork(leaky.graph, state, batch, 'evaluation').get(leaky.graph.output)!.data;
      expectClose((await session.evaluate(batch, WANTED)).logits!, expected, 2e-5, 'logits');
    });

    it('pass gradients on: those of the weights are the derivatives of the loss, those tapped add up to the biases’', async () => {
      const leaky = leakyEverywhere(bench.network(rectifiedModel(), (read) => drawParameters(read, { seed: 4 })));
      const taps = leaky.sites.map(({ name: site }): Tap => ({
        site,
        at: 'preactivation-gradient',
        statistics: ['sum', 'sumAbs', 'fired'],
        on: 'training-step',
      }));
      const session = await bench.open(leaky, { taps });
      const state = withSlopes(leaky, await session.readState(), new Random(4));
      await session.writeState(state);
      const { shape } = leaky.graph.nodes[0];
      const batch = drawBatch({ seed: 4, inputShape: shape, classes: 3 }, 0, 6);
      const step = await session.trainStep(batch, { learningRate: 0, step: 0 });
      const gradients = await session.readState();
      const lossOf = (bias: string, entry: number, by: number) => {
        const exact = Object.entries(state).map(([name, array]) => {
          const data = Float64Array.from(array.data);
          if (name === bias) data[entry] += by;
          return [name, { shape: array.shape, data: data as unknown as Float32Array }] as const;
        });
        const mode = { seed: 1, step: 0 };
        const outputs = referenceNetwork(leaky.graph, Object.fromEntries(exact), batch, mode);
        return referenceLoss(outputs.get(leaky.graph.output)!, batch.y, 0);
      };
      for (const [site, bias] of Object.entries(BIASES)) {
        const gradient = gradients[`optimizer/velocity/${bias}`].data;
        const expected = Float64Array.from(
          gradient,
          (_, entry) => (lossOf(bias, entry, 1e-6) - lossOf(bias, entry, -1e-6)) / 2e-6,
        );
        expectClose(gradient, expected, 2e-5, bias);
        const { sum, sumAbs, fired } = step.taps.find((tap) => tap.site === site)!.values;
        expectClose(sum!, gradient, 1e-4, site, Math.max(...sumAbs!));
        // No pooling or cap keeps gradients from these, so a leaky unit gets one from every image.
        if (site === 'relu3' || site === 'relu4') {
          const slopes = state[leakSlopeName(site)].data;
          slopes.forEach((slope, unit) => expect(fired![unit] === 6, `${site} ${unit}`).toBe(slope > 0));
        }
      }
    });

    it.each([1, 2])('bring dead units back, and leave the others to themselves (maps of side %i)', async (side) => {
      const { network, batch } = plantedNetwork({ probabilities: [0, 0.5, 0, 1], side });
      bench.adopt(network);
      const taps: Tap[] = [{ site: 'planted', at: 'activation', statistics: ['fired'], on: 'probe-split' }];
      const session = await bench.open(withLeaks(network, ['planted']), { taps, optimizer: SGD });
      const state = await session.readState();
      // Class 0 for all, which unit 0 speaks for and unit 2 as well: both would have to rise.
      const images = { ...batch, y: new Int32Array(batch.size) };
      const kernel = state['logits/kernel'];
      kernel.data.forEach((_, entry) => (kernel.data[entry] = entry % 2 === 0 ? 0.5 : -0.5));
      const slopes = { shape: [4], data: Float32Array.of(0.5, 0, 0, 0) };
      await session.writeState({ ...state, [leakSlopeName('planted')]: slopes });
      for (let step = 0; step < 60; step++) await session.trainStep(images, { learningRate: 0.5, step });
      const after = await session.readState();
      const fired = (await session.evaluate(images)).taps[0].values.fired!;
      expect(fired[0]).toBeGreaterThan(0);
      expect(fired[2]).toBe(0);
      expect(after['weighted/bias'].data[2]).toBe(state['weighted/bias'].data[2]);
      expect(after[leakSlopeName('planted')].data).toEqual(slopes.data);
    });
  });
}

const SGD = { kind: 'sgd', weightDecay: 0, decayOn: 'kernels' } as const;

/** A gradient of 0 has either sign. */
const positiveZero = (value: number) => value + 0;

/** Slopes from 0.05 to 0.55; one unit in three, from the second on, stays a ReLU. */
function withSlopes({ sites }: Network, state: NamedArrays, random: Random): NamedArrays {
  const slopes = sites.map(({ name, units }) => {
    const data = Float32Array.from({ length: units }, (_, unit) => (unit % 3 === 1 ? 0 : 0.05 + random.uniform() / 2));
    return [leakSlopeName(name), { shape: [units], data }] as const;
  });
  return { ...state, ...Object.fromEntries(slopes) };
}
