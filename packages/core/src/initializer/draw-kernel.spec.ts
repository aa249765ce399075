import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { drawKernel, type KernelSpec } from './draw-kernel.js';
import { fans } from './fans.js';
import { initializerSpecSchema } from './initializer-spec.js';

const spec = (options: unknown): KernelSpec => initializerSpecSchema.parse(options) as KernelSpec;
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const secondMoment = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

/** Largest distance between the empirical distribution function and `distribution`. */
function kolmogorovSmirnov(values: Float32Array, distribution: (x: number) => number): number {
  const n = values.length;
  return values
    .toSorted()
    .reduce((worst, x, i) => Math.max(worst, distribution(x) - i / n, (i + 1) / n - distribution(x)), 0);
}

/** Φ, by Abramowitz & Stegun 7.1.26 (absolute error below 10^-6). */
function normalDistribution(z: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upperTail = 0.5 * series * Math.exp((-z * z) / 2);
  return z > 0 ? 1 - upperTail : upperTail;
}

// 46 080 draws. fan_in 3·3·40 = 360, fan_out 3·3·128 = 1152.
const convolution = [3, 3, 40, 128];
const draws = 3 * 3 * 40 * 128;

describe('drawKernel', () => {
  it.each([
    ['he-normal', 2 / 360, 3],
    ['he-uniform', 2 / 360, 1.8],
    ['glorot-normal', 2 / (360 + 1152), 3],
    ['glorot-uniform', 2 / (360 + 1152), 1.8],
    ['lecun-normal', 1 / 360, 3],
    ['lecun-uniform', 1 / 360, 1.8],
  ])('%s has mean zero and variance %f', (kind, variance, kurtosis) => {
    const values = drawKernel(spec({ kind }), convolution, new Random(1));
    expect(values).toHaveLength(draws);
    // Four standard errors: of the mean σ/√n, of the second moment σ²·√((kurtosis − 1)/n).
    expect(Math.abs(mean(values))).toBeLessThan(4 * Math.sqrt(variance / draws));
    expect(Math.abs(secondMoment(values) / variance - 1)).toBeLessThan(4 * Math.sqrt((kurtosis - 1) / draws));
  });

  // 1.95/√n is exceeded by one sample in a thousand.
  it('draws an untruncated normal', () => {
    const values = drawKernel(spec({ kind: 'he-normal' }), [200, 300], new Random(2));
    const distance = kolmogorovSmirnov(values, (x) => normalDistribution(x / Math.sqrt(2 / 200)));
    expect(distance).toBeLessThan(1.95 / Math.sqrt(60_000));
    expect(Math.max(...values)).toBeGreaterThan(3.5 * Math.sqrt(2 / 200));
  });

  it('draws a uniform distribution within ±√(6/fan_in)', () => {
    const limit = Math.sqrt(6 / 200);
    const values = drawKernel(spec({ kind: 'he-uniform' }), [200, 300], new Random(3));
    const distance = kolmogorovSmirnov(values, (x) => Math.min(1, Math.max(0, (x / limit + 1) / 2)));
    expect(distance).toBeLessThan(1.95 / Math.sqrt(60_000));
  });

  it('draws N(0, sigma²) whatever the fans', () => {
    const values = drawKernel(spec({ kind: 'gaussian', sigma: 0.01 }), [400, 100], new Random(4));
    expect(kolmogorovSmirnov(values, (x) => normalDistribution(x / 0.01))).toBeLessThan(1.95 / 200);
  });

  it('depends on the stream alone', () => {
    for (const options of [{ kind: 'he-normal' }, { kind: 'orthogonal' }, { kind: 'glorot-uniform' }]) {
      const draw = (seed: number): Float32Array => drawKernel(spec(options), [7, 5], new Random(seed));
      expect(draw(5)).toEqual(draw(5));
      expect(draw(5)).not.toEqual(draw(6));
    }
  });

  it('makes half of the zero-bias ReLU units fire on average, with the moments of a rectified normal', () => {
    // One input of norm √n under LeCun weights: pre-activations are N(0, 1), so E[y] = 1/√(2π) and E[y²] = ½.
    const [inputs, units] = [50, 40_000];
    const weights = drawKernel(spec({ kind: 'lecun-normal' }), [inputs, units], new Random(7));
    const outputs = new Float32Array(units);
    for (let i = 0; i < inputs; i++) {
      const x = i % 2 === 0 ? 1 : -1;
      for (let unit = 0; unit < units; unit++) outputs[unit] += x * weights[i * units + unit];
    }
    outputs.forEach((value, unit) => (outputs[unit] = Math.max(0, value)));
    const fired = outputs.filter((value) => value > 0).length / units;
    // Four standard errors; Var[y] = ½ − 1/2π, Var[y²] = 3/2 − ¼.
    expect(Math.abs(fired - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(units));
    expect(Math.abs(mean(outputs) - 0.398942)).toBeLessThan((4 * Math.sqrt(0.340845)) / Math.sqrt(units));
    expect(Math.abs(secondMoment(outputs) - 0.5)).toBeLessThan((4 * Math.sqrt(1.25)) / Math.sqrt(units));
  });
});

describe('orthogonal', () => {
  it('has orthogonal columns, or rows where they are fewer, of norm gain', () => {
    const side = fc.integer({ min: 1, max: 24 });
    const gain = fc.double({ min: 0.1, max: 4, noNaN: true });
    fc.assert(
      fc.property(side, side, gain, fc.integer(), (rows, columns, gain, seed) => {
        const matrix = drawKernel({ kind: 'orthogonal', gain, bias: 0 }, [rows, columns], new Random(seed));
        const tall = rows >= columns;
        const [count, dimension] = tall ? [columns, rows] : [rows, columns];
        const entry = (vector: number, i: number): number =>
          tall ? matrix[i * columns + vector] : matrix[vector * columns + i];
        for (let a = 0; a < count; a++) {
          for (let b = 0; b <= a; b++) {
            let product = 0;
            for (let i = 0; i < dimension; i++) product += entry(a, i) * entry(b, i);
            expect(Math.abs(product / gain ** 2 - (a === b ? 1 : 0))).toBeLessThan(1e-6);
          }
        }
      }),
    );
  });

  it('flattens the receptive field of a convolution', () => {
    const options = { kind: 'orthogonal', gain: 1, bias: 0 } as const;
    expect(drawKernel(options, [3, 3, 2, 4], new Random(1))).toEqual(drawKernel(options, [18, 4], new Random(1)));
  });

  it('is uniformly distributed: the angle of the first vector and the sign of the determinant', () => {
    const samples = Array.from({ length: 4000 }, (_, seed) =>
      drawKernel({ kind: 'orthogonal', gain: 1, bias: 0 }, [2, 2], new Random(seed)),
    );
    const angles = Float32Array.from(samples, ([a, , c]) => Math.atan2(c, a) / (2 * Math.PI) + 0.5);
    expect(kolmogorovSmirnov(angles, (x) => x)).toBeLessThan(1.95 / Math.sqrt(4000));
    const reflections = samples.filter(([a, b, c, d]) => a * d - b * c < 0).length;
    expect(Math.abs(reflections / 4000 - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(4000));
  });
});

describe('fans', () => {
  it('counts the receptive field of a convolution', () => {
    expect(fans([3, 5, 7, 11])).toEqual({ fanIn: 105, fanOut: 165 });
    expect(fans([7, 11])).toEqual({ fanIn: 7, fanOut: 11 });
  });

  it('refuses other ranks', () => {
    expect(() => fans([3, 3, 4])).toThrow('[3, 3, 4]');
  });
});
