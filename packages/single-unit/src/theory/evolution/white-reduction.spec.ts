import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../../numerics/matrix.js';
import { whiteInput } from '../../testing/white-unit.js';
import { lift, liftEntry, project, reduceWhiteInput } from './white-reduction.js';

const normals = (size: number, ...path: (number | string)[]) => {
  const random = new Random(...path);
  return Float64Array.from({ length: size }, () => random.normal());
};

describe('reduceWhiteInput', () => {
  it('has an orthonormal basis that holds the vectors, of few rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.boolean(), (inputs, hasBias, hasMean) => {
        const input = whiteInput(inputs, hasBias);
        if (hasMean) input.mean.set(normals(inputs, 1, inputs));
        const vectors = [normals(input.size, 2, inputs), normals(input.size, 3, inputs)];
        const { basis, size, complement } = reduceWhiteInput(input, hasBias, vectors)!;
        expect(size).toBe(Math.min(inputs, hasMean ? 5 : 4) + (hasBias ? 1 : 0));
        expect(complement?.count ?? 0).toBe(Math.max(0, inputs - (hasMean ? 3 : 2)));
        for (let i = 0; i < size; i++) {
          for (let j = 0; j <= i; j++) {
            const [first, second] = [i, j].map((row) => basis.subarray(row * input.size, (row + 1) * input.size));
            expect(dot(first, second)).toBeCloseTo(i === j ? 1 : 0, 13);
          }
        }
        for (const vector of [...vectors, input.mean]) {
          const coordinates = project(basis, vector);
          lift(basis, coordinates).forEach((value, i) => expect(value).toBeCloseTo(vector[i], 12));
          if (complement) expect(Math.abs(coordinates[complement.index])).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it('lifts an isotropic covariance to itself', () => {
    const input = whiteInput(9, true);
    const reduction = reduceWhiteInput(input, true, [normals(10, 4)])!;
    const covariance = new Float64Array(reduction.size ** 2);
    for (let i = 0; i < reduction.size; i++) covariance[i * (reduction.size + 1)] = 0.7;
    for (let i = 0; i < 10; i++) {
      for (let j = 0; j < 10; j++) expect(liftEntry(reduction, covariance, i, j)).toBeCloseTo(i === j ? 0.7 : 0, 13);
    }
  });

  it('needs no plane for vectors that are 0 or parallel', () => {
    const v = normals(6, 5);
    const reduction = reduceWhiteInput(whiteInput(6, false), false, [
      v,
      v.map((value) => -2 * value),
      new Float64Array(6),
    ])!;
    expect(reduction.complement).toEqual({ index: 1, count: 5 });
  });

  it('is not there for inputs that are not white', () => {
    const input = whiteInput(3, true);
    input.covariance[0] = 2;
    expect(reduceWhiteInput(input, true, [])).toBeUndefined();
    const noisyBias = whiteInput(3, false);
    expect(reduceWhiteInput(noisyBias, true, [])).toBeUndefined();
  });
});
