import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { Random } from '../../random/random.js';
import { allTaps, type EngineBench } from './engine-bench.js';

const RATE = 0.3;
const SHAPE = [3, 2, 2] as const;
const ELEMENTS = 12;
const SEED = 21;

/**
 * Which elements dropout drops is part of the contract: `new Random(seed, 'dropout', step, node)` draws one uniform number an
 * element of [batch, H, W, C] in row-major order, and those below the rate are dropped.
 */
export function dropoutSuite(bench: EngineBench): void {
  describe('dropout', () => {
    const open = async () => {
      const network = bench.network(
        sequential({
          layers: [
            layers.dropout({ name: 'drop', inputShape: [...SHAPE], rate: RATE }),
            layers.reLU({ name: 'relu' }),
            layers.flatten({ name: 'flat' }),
            layers.dense({ name: 'logits', units: 2 }),
          ],
        }),
      );
      return bench.open(network, { seed: SEED, taps: allTaps(network) });
    };
    const ones = (size: number) => ({ size, x: new Float32Array(size * ELEMENTS).fill(1), y: new Int32Array(size) });

    it.each([
      { size: 1, step: 0 },
      { size: 1, step: 7 },
      { size: 5, step: 123_456 },
    ])('drops the elements that the host drops: batch of $size at step $step', async ({ size, step }) => {
      const session = await open();
      const { taps } = await session.trainStep(ones(size), { learningRate: 0, step });
      const kept = keptPerElement(size, step);
      const { positionFired, sum } = taps.find(({ at }) => at === 'preactivation')!.values;
      expect(Array.from(positionFired!)).toEqual(kept);
      const units = SHAPE[2];
      for (let unit = 0; unit < units; unit++) {
        const count = kept.filter((_, index) => index % units === unit).reduce((total, n) => total + n, 0);
        expect(sum![unit]).toBeCloseTo(count / (1 - RATE), 4);
      }
    });

    it('is off in evaluation', async () => {
      const session = await open();
      const { taps } = await session.evaluate(ones(2));
      expect(Array.from(taps[0].values.positionFired!)).toEqual(new Array(ELEMENTS).fill(2));
      expect(Array.from(taps[0].values.sum!)).toEqual([12, 12]);
    });
  });
}

/** For each element of one image, in how many images of the batch it is kept. */
function keptPerElement(size: number, step: number): number[] {
  const random = new Random(SEED, 'dropout', step, 'drop');
  const kept = new Array<number>(ELEMENTS).fill(0);
  for (let image = 0; image < size; image++) {
    for (let element = 0; element < ELEMENTS; element++) if (random.uniform() >= RATE) kept[element]++;
  }
  return kept;
}
