import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { emitSoftmaxCrossEntropy } from './softmax-cross-entropy.js';

async function evaluate(rows: readonly (readonly number[])[], labels: readonly number[], labelSmoothing: number) {
  const [batch, classes] = [rows.length, rows[0].length];
  const builder = new GraphBuilder();
  const loss = emitSoftmaxCrossEntropy(
    builder,
    builder.input('logits', [batch, classes]),
    builder.input('labels', [batch], 'int32'),
    { batch, classes, labelSmoothing },
  );
  builder.output('losses', loss.losses, [batch]);
  builder.output('correct', loss.correct, [batch]);
  builder.output('gradient', loss.gradient, [batch, classes]);
  const session = await ort.InferenceSession.create(builder.build());
  const results = await session.run({
    logits: new ort.Tensor('float32', Float32Array.from(rows.flat()), [batch, classes]),
    labels: new ort.Tensor('int32', Int32Array.from(labels), [batch]),
  });
  await session.release();
  const array = (name: string) => Array.from(results[name].data as Float32Array);
  return { losses: array('losses'), correct: array('correct'), gradient: array('gradient') };
}

/** Σ_k t_k·(ln Σ_j exp z_j − z_k) in float64, and its gradient p − t. */
function expected(logits: readonly number[], label: number, smoothing: number) {
  const largest = Math.max(...logits);
  const total = logits.reduce((sum, z) => sum + Math.exp(z - largest), 0);
  const target = logits.map((_, k) => smoothing / logits.length + (k === label ? 1 - smoothing : 0));
  const logProbability = logits.map((z) => z - largest - Math.log(total));
  return {
    loss: -logProbability.reduce((sum, l, k) => sum + l * target[k], 0),
    gradient: logProbability.map((l, k) => Math.exp(l) - target[k]),
  };
}

describe('softmax cross-entropy', () => {
  it.each([0, 0.1])('agrees with its definition in float64, smoothing %d', async (smoothing) => {
    const logit = fc.float({ min: -30, max: 30, noNaN: true });
    const image = fc.record({ logits: fc.tuple(logit, logit, logit), label: fc.integer({ min: 0, max: 2 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(image, { minLength: 1, maxLength: 5 }), async (images) => {
        const actual = await evaluate(
          images.map(({ logits }) => logits),
          images.map(({ label }) => label),
          smoothing,
        );
        images.forEach(({ logits, label }, i) => {
          const { loss, gradient } = expected(logits, label, smoothing);
          expect(Math.abs(actual.losses[i] - loss)).toBeLessThan(1e-5 * Math.max(1, loss));
          gradient.forEach((g, k) => expect(actual.gradient[3 * i + k]).toBeCloseTo(g / images.length, 6));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('neither overflows nor takes the logarithm of 0', async () => {
    const { losses, gradient } = await evaluate(
      [
        [1e4, 0],
        [1e4, 0],
      ],
      [0, 1],
      0,
    );
    expect(losses.map(Math.abs)).toEqual([0, 1e4]);
    expect(gradient).toEqual([0, 0, 0.5, -0.5]);
  });

  it('counts the first of equal logits as the answer', async () => {
    expect(
      (
        await evaluate(
          [
            [2, 2, 1],
            [2, 2, 1],
            [0, 1, 1],
          ],
          [0, 1, 2],
          0,
        )
      ).correct,
    ).toEqual([1, 0, 0]);
  });

  it('passes on what is not finite', async () => {
    expect((await evaluate([[NaN, 0]], [1], 0)).losses).toEqual([NaN]);
  });
});
