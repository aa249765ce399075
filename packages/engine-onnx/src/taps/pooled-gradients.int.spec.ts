import { Random, readNetwork, UNIT_STATISTICS, type Statistic, type TapValue } from '@reluctant/core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { onnxEngine } from '../engine.js';

const SUMS: readonly Statistic[] = ['fired', 'imagesFired', 'sum', 'sumAbs', 'sumSquares'];
const POINTS = ['gradient', 'preactivation-gradient'] as const;
const IMAGES = 5;

/** A ReLU whose only consumer is a max pooling in windows that do not overlap, in a network that is deep enough for a gradient. */
function poolingNetwork(side: number, poolSize: number, strides: number) {
  const random = new Random('pooled gradients', side, poolSize);
  const convolution = (name: string) => layers.conv2d({ name, filters: 16, kernelSize: 3, padding: 'same' });
  const model = sequential({
    layers: [
      layers.inputLayer({ inputShape: [side, side, 3] }),
      convolution('conv'),
      layers.reLU({ name: 'relu' }),
      layers.maxPooling2d({ name: 'pool', poolSize, strides }),
      convolution('next'),
      layers.reLU({ name: 'nextRelu' }),
      layers.flatten(),
      layers.dense({ name: 'logits', units: 3 }),
    ],
  });
  const batch = {
    size: IMAGES,
    x: Float32Array.from({ length: IMAGES * side * side * 3 }, () => random.normal()),
    y: Int32Array.from({ length: IMAGES }, () => random.integer(3)),
  };
  return { network: readNetwork(model), batch };
}

describe('gradients in front of a pooling', () => {
  beforeAll(() => onnxEngine.prepare(onnxEngine.options.parse({})));

  async function measure(
    { network, batch }: ReturnType<typeof poolingNetwork>,
    statistics: readonly Statistic[],
    strategies: string,
  ): Promise<readonly TapValue[]> {
    const taps = POINTS.map((at) => ({ site: 'relu', at, statistics, on: 'training-step' as const }));
    const plan = {
      optimizer: { kind: 'sgd', weightDecay: 0, decayOn: 'kernels' } as const,
      loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 } as const,
      taps,
      seed: 1,
    };
    const session = await onnxEngine.open(network, plan, onnxEngine.options.parse({ strategies, worker: false }));
    try {
      return (await session.trainStep(batch, { learningRate: 0, step: 0 })).taps;
    } finally {
      await session.close();
    }
  }

  // Where the maxima and positions are asked for as well, the whole map is looked at.
  it.each(
    ['auto', 'plain'].flatMap((strategies) =>
      [
        { side: 8, poolSize: 2, strides: 2 },
        { side: 7, poolSize: 2, strides: 2 },
        { side: 9, poolSize: 3, strides: 3 },
        { side: 8, poolSize: 2, strides: 3 },
      ].map((pooling) => ({ strategies, ...pooling })),
    ),
  )('have the same sums and counts in the pooled map: %j', async ({ strategies, side, poolSize, strides }) => {
    const exercise = poolingNetwork(side, poolSize, strides);
    const pooled = await measure(exercise, SUMS, strategies);
    const whole = await measure(exercise, UNIT_STATISTICS, strategies);
    exercise.network.model.dispose();
    pooled.forEach(({ at, values }, index) => {
      const expected = whole[index].values;
      expect(values.fired, at).toEqual(expected.fired);
      expect(values.imagesFired, at).toEqual(expected.imagesFired);
      // Each window hands its gradient to one element at most: some got one, and most did not.
      const fired = values.fired!.reduce((total, count) => total + count, 0);
      expect(fired).toBeGreaterThan(0);
      expect(fired).toBeLessThanOrEqual(IMAGES * 16 * Math.ceil(side / strides) ** 2);
      for (const statistic of ['sum', 'sumAbs', 'sumSquares'] as const) {
        const size = Math.max(...expected.sumAbs!);
        values[statistic]!.forEach((value, unit) => {
          expect(Math.abs(value - expected[statistic]![unit]), `${at} ${statistic}`).toBeLessThan(1e-5 * size);
        });
      }
    });
  });
});
