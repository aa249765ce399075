import { logSoftmax, mean, mul, neg, oneHot, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../dataset/dataset.js';
import { mergeStatistics } from '../../measurement/merge-statistics.js';
import { drawBatch, drawParameters } from '../fixtures/fixture-inputs.js';
import { pytorchFixtures } from '../fixtures/pytorch-fixtures.js';
import { FIXTURE_MODELS, fixtureModel } from '../networks/fixture-models.js';
import { plantedNetwork } from '../networks/planted-network.js';
import { allTaps, type EngineBench } from './engine-bench.js';
import { expectClose } from './expect-close.js';
import { expectSameBits } from './same-bits.js';

const IMAGES = { seed: 5, inputShape: [3, 3, 2], classes: 3 };

/** Losses, counts and taps of single batches. */
export function evaluationSuite(bench: EngineBench): void {
  describe('evaluation', () => {
    it.each(pytorchFixtures().filter(({ name }) => name in FIXTURE_MODELS))(
      "has the loss that follows from the model's own predictions: $name",
      async (fixture) => {
        const network = bench.network(fixtureModel(fixture.name), (read) => drawParameters(read, fixture));
        const batch = drawBatch(fixture, 0, 5);
        const expected = await predictedLoss(network.model, batch, fixture.inputShape);
        const session = await bench.open(network);
        expectClose([(await session.evaluate(batch)).loss], [expected], 2e-5, 'loss');
      },
    );

    it.each(pytorchFixtures().filter(({ name }) => name in FIXTURE_MODELS))(
      "gives the logits where they are asked for, which are the model's own predictions: $name",
      async (fixture) => {
        const network = bench.network(fixtureModel(fixture.name), (read) => drawParameters(read, fixture));
        const batch = drawBatch(fixture, 0, 5);
        const expected = predictions(network.model, batch, fixture.inputShape);
        const session = await bench.open(network, { taps: allTaps(network) });
        const { logits, ...rest } = await session.evaluate(batch, { logits: true });
        expect(logits).toBeInstanceOf(Float32Array);
        expectClose(logits!, expected, 2e-5, 'logits');
        expect(rest).toEqual(await session.evaluate(batch));
        const { logits: kept } = await session.evaluate(batch, { taps: false, logits: true });
        await session.evaluate(drawBatch(fixture, 1, 5), { taps: false, logits: true });
        expect(kept).toEqual(logits);
      },
    );

    it('changes nothing, and leaves taps out when asked to', async () => {
      const network = bench.network(fixtureModel('batch normalisation'));
      const session = await bench.open(network, { taps: allTaps(network) });
      await session.trainStep(drawBatch(IMAGES, 0, 4), { learningRate: 0.1, step: 0 });
      const state = await session.readState();
      const batch = drawBatch(IMAGES, 1, 4);
      const evaluation = await session.evaluate(batch);
      expect(evaluation.taps).toHaveLength(4);
      expect(await session.evaluate(batch)).toEqual(evaluation);
      expect(await session.evaluate(batch, { taps: false })).toEqual({ ...evaluation, taps: [] });
      expectSameBits(await session.readState(), state);
    });

    it('of a batch is the sum over its images, whatever the batch size', async () => {
      const network = bench.network(fixtureModel('batch normalisation'), (read) => drawParameters(read, { seed: 2 }));
      const session = await bench.open(network, { taps: allTaps(network) });
      const whole = drawBatch(IMAGES, 0, 7);
      const together = await session.evaluate(whole);
      const parts = [];
      for (const [from, to] of [
        [0, 1],
        [1, 6],
        [6, 7],
      ]) {
        parts.push({ images: to - from, ...(await session.evaluate(slice(whole, from, to))) });
      }
      expect(parts.reduce((total, { correct }) => total + correct, 0)).toBe(together.correct);
      const loss = parts.reduce((total, part) => total + part.loss * part.images, 0) / whole.size;
      expectClose([together.loss], [loss], 2e-5, 'loss');
      for (const [index, { site, at, values }] of together.taps.entries()) {
        const merged = parts.map(({ taps }) => taps[index].values).reduce(mergeStatistics);
        for (const [statistic, numbers] of Object.entries(merged)) {
          const actual = values[statistic as keyof typeof values]!;
          const what = `${statistic} of ${at} at ${site}`;
          if (/fired/i.test(statistic)) expect(actual, what).toEqual(numbers);
          else expectClose(actual, numbers, 1e-4, what);
        }
      }
    });

    it('returns the statistics that a tap asks for and no others', async () => {
      const network = bench.network(fixtureModel('batch normalisation'));
      const session = await bench.open(network, {
        taps: [
          { site: 'relu2', at: 'activation', statistics: ['max'], on: 'probe-split' },
          { site: 'relu1', at: 'gradient', statistics: ['fired', 'sumSquares'], on: 'training-step' },
        ],
      });
      const batch = drawBatch(IMAGES, 0, 4);
      const shape = ({ taps }: Awaited<ReturnType<typeof session.evaluate>>) =>
        taps.map(({ site, at, values }) => [
          site,
          at,
          Object.entries(values).map(([name, v]) => `${name}:${v.length}`),
        ]);
      expect(shape(await session.evaluate(batch))).toEqual([['relu2', 'activation', ['max:4']]]);
      const training = shape(await session.trainStep(batch, { learningRate: 0.1, step: 0 }));
      expect(training).toEqual([['relu1', 'gradient', expect.arrayContaining(['fired:3', 'sumSquares:3'])]]);
      expect(training[0][2]).toHaveLength(2);
    });

    it('takes the first of equal logits for the answer, at a loss of ln(classes)', async () => {
      const network = bench.network(linear(3), zeroParameters);
      const session = await bench.open(network);
      const batch = { size: 5, x: new Float32Array(10).fill(1), y: Int32Array.of(0, 1, 2, 0, 0) };
      const result = await session.evaluate(batch);
      expect(result.correct).toBe(3);
      expect(result.loss).toBeCloseTo(Math.log(3), 6);
    });

    it('tells a loss that is not finite instead of throwing', async () => {
      const network = bench.network(linear(3), zeroParameters);
      const session = await bench.open(network);
      const state = await session.readState();
      await session.writeState({
        ...state,
        'logits/kernel': { shape: [2, 3], data: new Float32Array([NaN, 1, 1, 1, 1, 1]) },
      });
      const batch = { size: 2, x: new Float32Array(4).fill(1), y: Int32Array.of(0, 1) };
      expect((await session.evaluate(batch)).loss).toBeNaN();
      expect((await session.trainStep(batch, { learningRate: 0.1, step: 0 })).loss).toBeNaN();
    });

    it.each([1, 2])('counts what was planted, on maps of side %i', async (side) => {
      const planted = plantedNetwork({ probabilities: [0, 0.125, 0.5, 0.75, 1], side });
      const session = await bench.open(planted.network, { taps: allTaps(planted.network) });
      const { taps } = await session.evaluate(planted.batch);
      for (const { values } of taps) {
        expect(Array.from(values.fired!)).toEqual(planted.expected.fired);
        expect(Array.from(values.imagesFired!)).toEqual(planted.expected.imagesFired);
      }
      await session.close();
      planted.network.model.dispose();
    });

    it.each([
      ['of many images', 17, 1024, 1024],
      ['of one image', 1, 4096, 4097],
    ])('counts exactly beyond 2^24 elements %s', async (_, images, height, width) => {
      const model = sequential({
        layers: [
          layers.reLU({ name: 'relu', inputShape: [height, width, 1] }),
          layers.globalAveragePooling2d({ name: 'pool' }),
          layers.dense({ name: 'logits', units: 2, kernelInitializer: 'zeros' }),
        ],
      });
      const session = await bench.open(bench.network(model), {
        taps: [
          { site: 'relu', at: 'activation', statistics: ['fired', 'imagesFired', 'firedPerImage'], on: 'probe-split' },
        ],
      });
      // An odd number, of which float32 holds none beyond 2^24.
      const off = images * height * width - (2 ** 24 + 3);
      const x = new Float32Array(images * height * width).fill(1);
      x.fill(-1, 5 * width, 5 * width + off);
      const { taps } = await session.evaluate({ size: images, x, y: new Int32Array(images) });
      const perImage = Float64Array.from({ length: images }, (_, image) =>
        x.subarray(image * height * width, (image + 1) * height * width).reduce((total, y) => total + Number(y > 0), 0),
      );
      expect(taps[0].values).toEqual({
        fired: Float64Array.of(2 ** 24 + 3),
        imagesFired: Float64Array.of(images),
        firedPerImage: perImage,
      });
    });
  });
}

function predictions(model: LayersModel, { x, size }: Batch, shape: readonly number[]): Float32Array {
  return tidy(() => (model.predict(tensor(x, [size, ...shape])) as Tensor).dataSync() as Float32Array).slice();
}

async function predictedLoss(model: LayersModel, { x, y, size }: Batch, shape: readonly number[]): Promise<number> {
  const loss = tidy(() => {
    const logits = model.predict(tensor(x, [size, ...shape])) as Tensor;
    return neg(mean(sum(mul(oneHot(tensor(y, [size], 'int32'), 3), logSoftmax(logits)), -1)));
  });
  const [value] = await loss.data();
  loss.dispose();
  return value;
}

function slice({ x, y, size }: Batch, from: number, to: number): Batch {
  const perImage = x.length / size;
  return { size: to - from, x: x.slice(from * perImage, to * perImage), y: y.slice(from, to) };
}

const linear = (units: number) => sequential({ layers: [layers.dense({ name: 'logits', inputShape: [2], units })] });

const zeroParameters: Parameters<EngineBench['network']>[1] = ({ graph }) =>
  Object.fromEntries(graph.parameters.map(({ name, shape }) => [name, zeros(shape)]));

function zeros(shape: readonly number[]) {
  return { shape, data: new Float32Array(shape.reduce((product, extent) => product * extent, 1)) };
}
