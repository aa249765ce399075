import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../dataset/dataset.js';
import { preactivationOf } from '../../forward/tap-statistics.js';
import { readParameters } from '../../graph/parameters.js';
import { mergeStatistics } from '../../measurement/merge-statistics.js';
import { ACTIVATION_LEVELS } from '../../probe/statistic.js';
import type { Tap } from '../../probe/tap.js';
import { Random } from '../../random/random.js';
import { expectReluctantError } from '../expect-reluctant-error.js';
import { drawBatch } from '../fixtures/fixture-inputs.js';
import { fixtureModel } from '../networks/fixture-models.js';
import { randomNetwork } from '../networks/random-network.js';
import { referenceNetwork } from '../reference/reference-network.js';
import type { EngineBench } from './engine-bench.js';

/** Nearer than this to a level, relative to it or absolutely, rounding decides on which side an element lies. */
const MARGIN = 1e-4;

/** How many elements lie above each level. */
export function exceedanceSuite(bench: EngineBench): void {
  const tapAt = (site: string, at: Tap['at']): Tap => ({ site, at, statistics: ['exceedances'], on: 'probe-split' });
  const both = (site: string) => [tapAt(site, 'preactivation'), tapAt(site, 'activation')];

  describe('exceedances', () => {
    it('count what lies above a level, and not what lies at it', async () => {
      const network = bench.network(rectifiedInput());
      const session = await bench.open(network, { taps: both('relu') });
      // Two images of two positions of two units.
      const x = Float32Array.of(2 ** -8, 0, 0.75, -1, 2 ** -8 * (1 + 2 ** -23), 128, 1, 129);
      const { taps } = await session.evaluate({ size: 2, x, y: new Int32Array(2) });
      expect(taps.map(({ at }) => at)).toEqual(['preactivation', 'activation']);
      for (const { values } of taps) {
        // prettier-ignore
        expect(Array.from(values.exceedances!)).toEqual([
          3, 2,  2, 2,  2, 2,  2, 2,  2, 2,  2, 2,  2, 2,  2, 2,
          0, 2,  0, 2,  0, 2,  0, 2,  0, 2,  0, 2,  0, 2,  0, 1,
        ]);
      }
    });

    it.each([1, 2, 3, 4, 5, 6, 7, 8])('are what the reference network has (drawing %i)', async (seed) => {
      const network = bench.adopt(randomNetwork(new Random(seed, 'exceedances'), 6));
      const { graph, sites } = network;
      const session = await bench.open(network, { taps: sites.flatMap(({ name }) => both(name)) });
      const inputShape = graph.nodes.find(({ name }) => name === graph.input)!.shape;
      const batch = drawBatch({ seed, inputShape, classes: 2 }, 0, 5);
      const outputs = referenceNetwork(graph, readParameters(network), batch, 'evaluation');
      let counted = 0;
      for (const { site, at, values } of (await session.evaluate(batch)).taps) {
        const { data } = outputs.get(at === 'activation' ? site : preactivationOf(graph, site))!;
        const { units } = sites.find(({ name }) => name === site)!;
        const above = (level: number, unit: number) =>
          data.filter((y, element) => element % units === unit && y > level).length;
        for (const [index, level] of ACTIVATION_LEVELS.entries()) {
          const margin = MARGIN * Math.max(1, level);
          for (let unit = 0; unit < units; unit++) {
            const count = values.exceedances![index * units + unit];
            const what = `${at} of unit ${unit} of ${site} above ${level}`;
            expect(count, what).toBeGreaterThanOrEqual(above(level + margin, unit));
            expect(count, what).toBeLessThanOrEqual(above(level - margin, unit));
            counted += count;
          }
        }
      }
      expect(counted).toBeGreaterThan(0);
    });

    it('of a batch are the sum over its images', async () => {
      const network = bench.adopt(randomNetwork(new Random(9, 'exceedances'), 6));
      const session = await bench.open(network, { taps: network.sites.flatMap(({ name }) => both(name)) });
      const batch = drawBatch({ seed: 9, inputShape: network.graph.nodes[0].shape, classes: 2 }, 0, 4);
      const together = await session.evaluate(batch);
      const alone = [];
      for (let image = 0; image < batch.size; image++) alone.push(await session.evaluate(imageOf(batch, image)));
      for (const [index, { site, at, values }] of together.taps.entries()) {
        expect(values, `${at} of ${site}`).toEqual(alone.map(({ taps }) => taps[index].values).reduce(mergeStatistics));
      }
    });

    it.each(['preactivation', 'activation', 'gradient', 'preactivation-gradient'] as const)(
      'are refused of the %s in training, naming the site',
      async (at) => {
        const network = bench.network(fixtureModel('batch normalisation'));
        const taps = [{ ...tapAt('relu1', at), on: 'training-step' } as const];
        const error = await expectReluctantError(bench.open(network, { taps }), 'ENGINE_UNSUPPORTED');
        expect(error.message).toMatch(/"relu1".*"exceedances".*"probe-split"/);
      },
    );
  });
}

const rectifiedInput = () =>
  sequential({
    layers: [
      layers.reLU({ name: 'relu', inputShape: [1, 2, 2] }),
      layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }),
      layers.dense({ name: 'logits', units: 2, kernelInitializer: 'zeros' }),
    ],
  });

function imageOf({ x, y, size }: Batch, image: number): Batch {
  const length = x.length / size;
  return { size: 1, x: x.slice(image * length, (image + 1) * length), y: y.slice(image, image + 1) };
}
