import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '../../engine/named-arrays.js';
import { optimizerSpecSchema, type OptimizerSpec } from '../../optimizer/optimizer-spec.js';
import { drawBatch, drawParameters } from '../fixtures/fixture-inputs.js';
import type { EngineBench } from './engine-bench.js';
import { expectSameBits } from './same-bits.js';

const OPTIMIZERS: readonly OptimizerSpec[] = ['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'rmsprop'].map((kind) =>
  optimizerSpecSchema.parse({ kind }),
);

/** What happens where numbers are at their limits: not finite, huge, zero, or exactly at a kink. */
export function extremesSuite(bench: EngineBench): void {
  describe('extremes', () => {
    const linear = (units: number) =>
      bench.network(sequential({ layers: [layers.dense({ name: 'logits', inputShape: [2], units, useBias: false })] }));
    const withKernel = async (units: number, kernel: readonly number[]) => {
      const session = await bench.open(linear(units));
      await session.writeState({
        'logits/kernel': { shape: [2, units], data: Float32Array.from(kernel) },
        'optimizer/velocity/logits/kernel': { shape: [2, units], data: new Float32Array(2 * units) },
      });
      return session;
    };

    it('an image of NaN is answered wrongly, and spoils no other', async () => {
      const session = await withKernel(2, [1, 2, 0, 0]);
      const batch = { size: 3, x: Float32Array.of(NaN, 0, 1, 0, NaN, 0), y: Int32Array.of(0, 1, 1) };
      expect((await session.evaluate(batch)).correct).toBe(1);
      const trained = await session.trainStep(batch, { learningRate: 0.1, step: 0 });
      expect(trained).toMatchObject({ loss: NaN, correct: 1 });
    });

    it('one NaN among the logits is a wrong answer, whichever class it is', async () => {
      const session = await withKernel(3, [5, NaN, 7, 0, 0, 0]);
      const batch = { size: 3, x: Float32Array.of(1, 0, 1, 0, 1, 0), y: Int32Array.of(0, 1, 2) };
      expect((await session.evaluate(batch)).correct).toBe(0);
    });

    it('huge logits give a finite loss and gradient', async () => {
      const session = await withKernel(2, [1e30, -1e30, 0, 0]);
      const batch = { size: 2, x: Float32Array.of(1, 0, 1, 0), y: Int32Array.of(0, 1) };
      const { loss, correct } = await session.trainStep(batch, { learningRate: 1, step: 0 });
      // The right answer costs nothing, the wrong one the difference of the logits.
      expect(loss / 1e30).toBeCloseTo(1, 5);
      expect(correct).toBe(1);
      const { data } = (await session.readState())['optimizer/velocity/logits/kernel'];
      expect(Array.from(data)).toEqual([0.5, -0.5, 0, 0]);
    });

    const images = { seed: 3, inputShape: [3], classes: 2 };
    const hidden = (bias: number, trainable = true) =>
      bench.network(
        sequential({
          layers: [
            layers.dense({ name: 'hidden', inputShape: [3], units: 4, trainable }),
            layers.reLU({ name: 'relu' }),
            layers.dense({ name: 'logits', units: 2, trainable }),
          ],
        }),
        (network) => {
          const drawn = drawParameters(network, { seed: 3 });
          drawn['hidden/bias'].data.fill(bias);
          return drawn;
        },
      );
    const weights = (state: NamedArrays, keep: (name: string) => boolean = () => true) =>
      Object.fromEntries(Object.entries(state).filter(([name]) => !name.startsWith('optimizer/') && keep(name)));

    it.each(OPTIMIZERS)('$kind leaves a wholly dead layer exactly as it is', async (optimizer) => {
      const session = await bench.open(hidden(-100), {
        optimizer,
        taps: [{ site: 'relu', at: 'activation', statistics: ['fired'], on: 'training-step' }],
      });
      // The bias behind the dead layer still learns.
      const dead = (state: NamedArrays) => weights(state, (name) => name !== 'logits/bias');
      const before = await session.readState();
      for (let step = 0; step < 3; step++) {
        const { taps } = await session.trainStep(drawBatch(images, step, 4), { learningRate: 0.1, step });
        expect(Array.from(taps[0].values.fired!)).toEqual([0, 0, 0, 0]);
      }
      const after = await session.readState();
      expectSameBits(dead(after), dead(before));
      expect(Array.from(after['logits/bias'].data)).not.toEqual(Array.from(before['logits/bias'].data));
      expect(after['logits/bias'].data.every(Number.isFinite)).toBe(true);
    });

    it.each(OPTIMIZERS)('$kind at learning rate 0 changes no weight, decay or not', async (optimizer) => {
      const session = await bench.open(hidden(0.1), { optimizer: { ...optimizer, weightDecay: 0.1, decayOn: 'all' } });
      const before = weights(await session.readState());
      for (let step = 0; step < 3; step++) {
        await session.trainStep(drawBatch(images, step, 4), { learningRate: 0, step });
      }
      expectSameBits(weights(await session.readState()), before);
    });

    it('a wholly frozen network can be stepped through, and its gradients be taken', async () => {
      const session = await bench.open(hidden(0.1, false), {
        taps: [{ site: 'relu', at: 'gradient', statistics: ['fired'], on: 'training-step' }],
      });
      const before = await session.readState();
      expect(Object.keys(before).filter((name) => name.startsWith('optimizer/'))).toEqual([]);
      const { taps } = await session.trainStep(drawBatch(images, 0, 4), { learningRate: 0.1, step: 0 });
      expect(Array.from(taps[0].values.fired!)).toEqual([4, 4, 4, 4]);
      expectSameBits(await session.readState(), before);
    });

    it('the derivative of a clipped rectifier is 0 at 0 and at its cap', async () => {
      const network = bench.network(
        sequential({
          layers: [
            layers.reLU({ name: 'first', inputShape: [1, 5, 1], maxValue: 1 }),
            layers.reLU({ name: 'second', maxValue: 1 }),
            layers.flatten({ name: 'flat' }),
            layers.dense({ name: 'logits', units: 2 }),
          ],
        }),
        (read) => drawParameters(read, { seed: 4 }),
      );
      const session = await bench.open(network, {
        taps: [{ site: 'first', at: 'gradient', statistics: ['positionFired'], on: 'training-step' }],
      });
      const batch = { size: 1, x: Float32Array.of(-1, 0, 0.5, 1, 2), y: Int32Array.of(0) };
      const { taps } = await session.trainStep(batch, { learningRate: 0.1, step: 0 });
      // The second receives 0, 0, ½, 1, 1 and passes on only what arrives between its kinks.
      expect(Array.from(taps[0].values.positionFired!)).toEqual([0, 0, 1, 0, 0]);
    });
  });
}
