import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { imagePatches } from './image-patches.js';
import { unitModel } from './unit-model.js';
import { unitOptionsSchema as schema } from './unit-options.js';

const model = (options: object) => unitModel(schema.parse(options));
const problems = (options: object) =>
  schema.safeParse(options).error!.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('unitModel', () => {
  it('has the bias last: mean 1, no variance, the teacher’s bias', () => {
    const { input, teacher, distribution } = model({ inputs: 2, inputMean: [1, -2] });
    expect(input).toEqual({
      size: 3,
      mean: Float64Array.of(1, -2, 1),
      covariance: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0),
    });
    expect(teacher).toEqual({ kind: 'relu', weights: Float64Array.of(1, 0, -1) });
    expect(distribution.factor).toEqual({ kind: 'diagonal', deviations: Float64Array.of(1, 1) });
  });

  it('has no such component for a unit without a bias', () => {
    const { input, teacher } = model({ inputs: 2, bias: false, covariance: { kind: 'white', variance: 4 } });
    expect(input).toEqual({ size: 2, mean: new Float64Array(2), covariance: Float64Array.of(4, 0, 0, 4) });
    expect([...teacher.weights]).toEqual([1, 0]);
  });

  it('takes every kind of covariance', () => {
    const covariance = (options: object) => [
      ...model({ inputs: 2, bias: false, covariance: options }).input.covariance,
    ];
    expect(covariance({ kind: 'diagonal', variances: [2, 0] })).toEqual([2, 0, 0, 0]);
    expect(covariance({ kind: 'full', matrix: [[2, 1], [1, 3]] })).toEqual([2, 1, 1, 3]); // prettier-ignore
    expect(covariance({ kind: 'ar1', correlation: -0.5, variance: 2 })).toEqual([2, -1, -1, 2]);
  });

  it('factors correlated inputs, and keeps what a delay line needs', () => {
    const { factor, delayLine } = model({
      inputs: 2,
      covariance: { kind: 'ar1', correlation: 0.6, variance: 4, shifted: true },
    }).distribution;
    expect(factor).toEqual({ kind: 'triangular', matrix: Float64Array.of(2, 0, 1.2, 1.6) });
    expect(delayLine).toEqual({ correlation: 0.6, deviation: 2 });
  });

  it('takes mean and covariance from patches', () => {
    const { input } = model({ inputs: 2, bias: false, distribution: 'patches', patches: [[0, 1], [2, 5]] }); // prettier-ignore
    expect([...input.mean]).toEqual([1, 3]);
    expect([...input.covariance]).toEqual([1, 2, 2, 4]);
  });
});

describe('checkUnit', () => {
  it('reports everything that does not fit together', () => {
    expect(
      problems({
        inputs: 2,
        inputMean: [1],
        covariance: { kind: 'full', matrix: [[1, 2], [2, 1]] }, // prettier-ignore
        distribution: 'patches',
        patches: [[1, 2, 3]],
        bias: false,
        teacher: { direction: [1, 0, 0], bias: 1 },
      }),
    ).toEqual([
      'inputMean: It needs one mean for each of the 2 inputs, not 1.',
      'covariance.matrix.1: A covariance is positive semi-definite: no combination of inputs has a negative variance. ' +
        'Here the Cholesky pivot of input 1 is -3.',
      'teacher.direction: It needs one number for each of the 2 inputs, not 3.',
      'teacher.bias: A unit without a bias has a teacher without one: leave it out, or set "bias: true".',
      'patches.0: It needs one number for each of the 2 inputs, not 3.',
    ]);
  });

  it.each([
    [{ kind: 'diagonal', variances: [1] }, 'covariance.variances'],
    [{ kind: 'full', matrix: [[1]] }, 'covariance.matrix'],
    [{ kind: 'full', matrix: [[1, 0], [0]] }, 'covariance.matrix.1'],
    [
      {
        kind: 'full',
        matrix: [
          [1, 0],
          [0.1, 1],
        ],
      },
      'covariance.matrix.1.0',
    ],
    [{ kind: 'white', variance: -1 }, 'covariance.variance'],
    [{ kind: 'ar1', correlation: 1 }, 'covariance.correlation'],
  ])('says where %j is wrong', (covariance, path) => {
    expect(problems({ inputs: 2, covariance }).map((problem) => problem.split(':')[0])).toEqual([path]);
  });

  it('refuses step sizes that are not positive, and patches without use', () => {
    expect(problems({ stepSize: 0 })[0]).toContain('stepSize');
    expect(problems({ inputs: 1, patches: [[1]] })[0]).toContain('patches');
  });
});

it('cuts patches out of images, channels last', () => {
  const values = Uint8Array.from({ length: 2 * 3 * 3 * 2 }, (_, i) => i);
  const patches = imagePatches({ values, height: 3, width: 3, channels: 2 }, 2, 200, new Random(1));
  // The first number tells image, row and column; the others follow from it.
  const starts = new Set(patches.map((patch) => patch[0]));
  expect([...starts].sort((a, b) => a - b)).toEqual([0, 2, 6, 8, 18, 20, 24, 26]);
  for (const [first, ...rest] of patches) expect(rest).toEqual([1, 2, 3, 6, 7, 8, 9].map((offset) => first + offset));
});
