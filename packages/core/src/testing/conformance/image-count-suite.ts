import { describe, expect, it } from 'vitest';
import type { Batch } from '../../dataset/dataset.js';
import type { Tap } from '../../probe/tap.js';
import { Random } from '../../random/random.js';
import { drawBatch } from '../fixtures/fixture-inputs.js';
import { expectReluctantError } from '../expect-reluctant-error.js';
import { fixtureModel } from '../networks/fixture-models.js';
import { plantedNetwork } from '../networks/planted-network.js';
import { randomNetwork } from '../networks/random-network.js';
import type { EngineBench } from './engine-bench.js';

/** What fires in each image, over all units of a site. */
export function imageCountSuite(bench: EngineBench): void {
  const tapAt = (site: string, at: Tap['at'] = 'activation'): Tap => ({
    site,
    at,
    statistics: ['fired', 'firedPerImage'],
    on: 'probe-split',
  });

  describe('counts of images', () => {
    it.each([1, 2, 3, 4, 5, 6])('are what each image alone counts, in their order (drawing %i)', async (seed) => {
      const network = randomNetwork(new Random(seed, 'image counts'), 6);
      const taps = network.sites.flatMap(({ name }) => [tapAt(name), tapAt(name, 'preactivation')]);
      const session = await bench.open(network, { taps });
      const batch = drawBatch({ seed, inputShape: network.graph.nodes[0].shape, classes: 2 }, 0, 5);
      const together = await session.evaluate(batch);
      const alone = [];
      for (let image = 0; image < batch.size; image++) alone.push(await session.evaluate(imageOf(batch, image)));
      for (const [index, { site, at, values }] of together.taps.entries()) {
        const expected = alone.map(({ taps: own }) => sum(own[index].values.fired!));
        expect(Array.from(values.firedPerImage!), `${at} of ${site}`).toEqual(expected);
        expect(sum(values.firedPerImage!)).toBe(sum(values.fired!));
      }
      await session.close();
      network.model.dispose();
    });

    it('are those of planted units', async () => {
      const planted = plantedNetwork({ probabilities: [0, 0.5, 1], images: 8 });
      const session = await bench.open(planted.network, { taps: [tapAt('planted')] });
      const { taps } = await session.evaluate(planted.batch);
      // The values rise from image to image; the unit of probability ½ fires on the upper half.
      expect(taps[0].values.firedPerImage).toEqual(Float64Array.of(1, 1, 1, 1, 2, 2, 2, 2));
      await session.close();
      planted.network.model.dispose();
    });

    it('are refused in training, naming the site', async () => {
      const network = bench.network(fixtureModel('batch normalisation'));
      const taps = [{ ...tapAt('relu1'), on: 'training-step' } as const];
      const error = await expectReluctantError(bench.open(network, { taps }), 'ENGINE_UNSUPPORTED');
      expect(error.message).toContain('relu1');
    });
  });
}

function imageOf({ x, y, size }: Batch, image: number): Batch {
  const length = x.length / size;
  return { size: 1, x: x.slice(image * length, (image + 1) * length), y: y.slice(image, image + 1) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
