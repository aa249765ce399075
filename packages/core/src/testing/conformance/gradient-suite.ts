import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '../../engine/named-arrays.js';
import { Random } from '../../random/random.js';
import type { Tap, TapPoint } from '../../probe/tap.js';
import { drawBatch, drawParameters } from '../fixtures/fixture-inputs.js';
import type { EngineBench } from './engine-bench.js';
import { expectClose } from './expect-close.js';
import { BIASES, rectifiedModel, SHAPE } from './rectified-model.js';

/** Length of the step taken in the space of one parameter array. */
const STEP = 1e-2;
/** Of a slope: two losses in float32, over twice the step. */
const ROUNDING = 5e-5;

/** Every operation with a smooth derivative: across the kink of a rectifier, differences over a finite step don't converge. */
function smoothModel(): LayersModel {
  const image = input({ name: 'image', shape: SHAPE });
  const applied = (layer: layers.Layer, ...x: SymbolicTensor[]) =>
    layer.apply(x.length === 1 ? x[0] : x) as SymbolicTensor;
  const convolve = (name: string) => layers.conv2d({ name, filters: 3, kernelSize: 3, padding: 'same' });
  const stem = applied(layers.activation({ name: 'tanh', activation: 'tanh' }), applied(convolve('conv1'), image));
  const normalised = applied(layers.batchNormalization({ name: 'bn' }), applied(convolve('conv2'), stem));
  const joined = applied(layers.add({ name: 'add' }), normalised, stem);
  const pool = layers.averagePooling2d({ name: 'pool', poolSize: 3, strides: 2, padding: 'same' });
  const dropped = applied(layers.dropout({ name: 'drop', rate: 0.3 }), applied(pool, joined));
  const hidden = layers.dense({ name: 'hidden', units: 4, activation: 'sigmoid' });
  const out = applied(layers.dense({ name: 'logits', units: 3 }), applied(hidden, applied(layers.flatten(), dropped)));
  return model({ inputs: image, outputs: out });
}

/** The gradient of every parameter array against central differences of the training loss, along itself and a random direction. */
export function gradientSuite(bench: EngineBench): void {
  describe('gradients', () => {
    it('are the derivatives of the loss', async () => {
      const network = bench.network(smoothModel(), (read) => drawParameters(read, { seed: 3 }));
      const session = await bench.open(network, { loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0.05 } });
      const initial = await session.readState();
      const batch = drawBatch({ seed: 3, inputShape: SHAPE, classes: 3 }, 0, 6);
      const lossAt = async (state: NamedArrays) => {
        await session.writeState(state);
        return (await session.trainStep(batch, { learningRate: 0, step: 0 })).loss;
      };
      // From zero velocity, a step leaves the gradient there.
      await lossAt(initial);
      const gradients = await session.readState();
      for (const { name } of network.graph.parameters.filter(({ trainable }) => trainable)) {
        const gradient = gradients[`optimizer/velocity/${name}`].data;
        for (const direction of [unit(gradient), unit(randomDirection(gradient.length))]) {
          const ahead = await lossAt(moved(initial, name, direction, STEP));
          const behind = await lossAt(moved(initial, name, direction, -STEP));
          const slope = (ahead - behind) / (2 * STEP);
          const error = Math.abs(slope - dot(gradient, direction));
          expect(error, `${name}: slope ${slope}`).toBeLessThan(0.002 * Math.hypot(...gradient) + ROUNDING);
        }
      }
    });

    it.each([
      ['alone', ['preactivation-gradient']],
      ['beside what arrives at their outputs', ['preactivation-gradient', 'gradient', 'activation']],
    ] as const)('that ReLUs pass on, tapped %s, add up to those of the biases before them', async (_, points) => {
      const network = bench.network(rectifiedModel(), (read) => drawParameters(read, { seed: 4 }));
      const statistics = ['sum', 'sumAbs', 'sumSquares', 'fired'] as const;
      const taps = network.sites.flatMap(({ name: site }) =>
        points.map((at): Tap => ({ site, at, statistics, on: 'training-step' })),
      );
      const session = await bench.open(network, { taps });
      const batch = drawBatch({ seed: 4, inputShape: SHAPE, classes: 3 }, 0, 6);
      const step = await session.trainStep(batch, { learningRate: 0, step: 0 });
      const state = await session.readState();
      for (const [site, bias] of Object.entries(BIASES)) {
        const of = (at: TapPoint) => step.taps.find((tap) => tap.site === site && tap.at === at)?.values;
        const passed = of('preactivation-gradient')!;
        const expected = state[`optimizer/velocity/${bias}`].data;
        expectClose(passed.sum!, expected, 1e-4, site, Math.max(...passed.sumAbs!));
        const arrived = of('gradient');
        arrived?.sumSquares!.forEach((all, unit) => {
          expect(passed.sumSquares![unit], site).toBeLessThanOrEqual(all * (1 + 1e-5));
          expect(passed.fired![unit], site).toBeLessThanOrEqual(of('activation')!.fired![unit]);
        });
      }
    });
  });
}

function moved(state: NamedArrays, name: string, direction: readonly number[], length: number): NamedArrays {
  const { shape, data } = state[name];
  return { ...state, [name]: { shape, data: Float32Array.from(data, (value, i) => value + length * direction[i]) } };
}

function randomDirection(size: number): number[] {
  const random = new Random(3, 'direction');
  return Array.from({ length: size }, () => random.normal());
}

/** A zero vector stays zero. */
function unit(vector: ArrayLike<number>): number[] {
  const values = Array.from(vector);
  const norm = Math.hypot(...values) || 1;
  return values.map((value) => value / norm);
}

function dot(a: ArrayLike<number>, b: readonly number[]): number {
  return b.reduce((sum, value, index) => sum + value * a[index], 0);
}
