import { Random } from '@reluctant/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { normalCdf } from '../numerics/normal.js';
import { instantiateKernel } from './kernel-module.js';
import { VARIATES } from './kernel-settings.js';

// Draws of the WebAssembly kernel, as it makes them for trials. Seeds are fixed: a test that passes goes on passing. Statistics
// allow 4.5 standard errors.

const kernel = instantiateKernel();
const DRAWS = 3_000_000;
const STATE = Math.ceil(kernel.freeMemory() / 16) * 16;
const OUT = STATE + 256;
const SCRATCH = OUT + 4 * DRAWS;
kernel.memory.grow(Math.ceil((SCRATCH + 4096) / 65536));

/** Puts four generators at the beginning of streams that follow from the seed. */
function seed(number: number): void {
  const random = new Random(number, 'variates');
  const words = new Uint32Array(kernel.memory.buffer, STATE, 16);
  for (let i = 0; i < 12; i++) words[i] = random.uint32();
  words.fill(1, 12);
}

function draw(kind: keyof typeof VARIATES, count = DRAWS): Float32Array {
  seed(1);
  kernel.fillVariates(VARIATES[kind], STATE, STATE, OUT, count);
  return new Float32Array(kernel.memory.buffer, OUT, count).slice();
}

function drawChiSquares(degrees: number, count: number): Float32Array {
  seed(2);
  kernel.fillChiSquares(degrees, STATE, STATE, OUT, count, SCRATCH);
  return new Float32Array(kernel.memory.buffer, OUT, count).slice();
}

/** Mean of x to a power, less what it should be, in standard errors. */
function momentDeviation(values: Float32Array, power: number, moment: number, moment2: number): number {
  let sum = 0;
  for (const value of values) sum += value ** power;
  return (sum / values.length - moment) / Math.sqrt((moment2 - moment ** 2) / values.length);
}

/** Largest distance of the values' distribution function from another, times √n: above 2.2 once in 8,000 times. */
function kolmogorovSmirnov(values: Float32Array, cdf: (x: number) => number): number {
  const sorted = values.slice().sort();
  let distance = 0;
  sorted.forEach((value, i) => {
    const p = cdf(value);
    distance = Math.max(distance, p - i / sorted.length, (i + 1) / sorted.length - p);
  });
  return distance * Math.sqrt(sorted.length);
}

describe('normal variates', () => {
  let values: Float32Array;
  beforeAll(() => (values = draw('normal')));

  /** E z^n = (n − 1)!!. */
  const moment = (power: number): number => (power % 2 === 1 ? 0 : power === 0 ? 1 : (power - 1) * moment(power - 2));

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('have the %ith moment', (power) => {
    expect(Math.abs(momentDeviation(values, power, moment(power), moment(2 * power)))).toBeLessThan(4.5);
  });

  it('have the distribution function (Kolmogorov and Smirnov)', () => {
    expect(kolmogorovSmirnov(values.slice(0, 500_000), normalCdf)).toBeLessThan(2.2);
  });

  it.each([2, 3, 4, 5])('lie beyond ±%i standard deviations as often as they should', (bound) => {
    const expected = DRAWS * normalCdf(-bound);
    for (const sign of [-1, 1]) {
      let count = 0;
      for (const value of values) if (sign * value > bound) count++;
      // Poisson: about one and two are expected beyond ±5, where 9 or more happen once in 100,000 times.
      expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected) + 3);
    }
  });

  it('are not correlated, nor are their squares, over lags of up to 40 and at the distance of a block', () => {
    for (const power of [1, 2]) {
      const mean = power === 1 ? 0 : 1;
      const variance = power === 1 ? 1 : 2;
      for (const lag of [...Array.from({ length: 40 }, (_, i) => i + 1), 64, 128, 1024]) {
        let sum = 0;
        const count = 500_000;
        for (let i = 0; i < count; i++) sum += (values[i] ** power - mean) * (values[i + lag] ** power - mean);
        expect(Math.abs(sum / variance / Math.sqrt(count)), `lag ${lag}`).toBeLessThan(4.5);
      }
    }
  });

  it('fill the plane evenly: neighbours of the same pair have an angle and a radius of their own', () => {
    const sectors = new Float64Array(64);
    for (let i = 0; i < 1_000_000; i += 8) {
      for (let j = 0; j < 4; j++) {
        const angle = Math.atan2(values[i + j], values[i + j + 4]);
        const isFar = values[i + j] ** 2 + values[i + j + 4] ** 2 > 2 * Math.LN2;
        sectors[(Math.floor(((angle + Math.PI) / (2 * Math.PI)) * 32) % 32) + (isFar ? 32 : 0)]++;
      }
    }
    const expected = 500_000 / 64;
    const chiSquare = sectors.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // χ² with 63 degrees of freedom exceeds 125 once in 200,000 times.
    expect(chiSquare).toBeLessThan(125);
  });
});

describe('other variates', () => {
  it.each([
    // E x⁴ and E x⁸ of unit variance.
    { kind: 'uniform', fourth: 9 / 5, eighth: 9, cdf: (x: number) => (x + Math.sqrt(3)) / (2 * Math.sqrt(3)) },
    {
      kind: 'laplace',
      fourth: 6,
      eighth: 2520,
      cdf: (x: number) => (x < 0 ? Math.exp(Math.SQRT2 * x) / 2 : 1 - Math.exp(-Math.SQRT2 * x) / 2),
    },
  ] as const)('$kind: mean 0, variance 1, its shape', ({ kind, fourth, eighth, cdf }) => {
    const values = draw(kind, 1_000_000);
    expect(Math.abs(momentDeviation(values, 1, 0, 1))).toBeLessThan(4.5);
    expect(Math.abs(momentDeviation(values, 2, 1, fourth))).toBeLessThan(4.5);
    expect(Math.abs(momentDeviation(values, 4, fourth, eighth))).toBeLessThan(4.5);
    expect(kolmogorovSmirnov(values.slice(0, 200_000), cdf)).toBeLessThan(2.2);
  });

  it('bernoulli: −1 and 1 alike', () => {
    const values = draw('bernoulli', 1_000_000);
    expect(new Set(values)).toEqual(new Set([-1, 1]));
    expect(Math.abs(momentDeviation(values, 1, 0, 1))).toBeLessThan(4.5);
  });
});

describe('χ² variates', () => {
  it.each([1, 2, 3, 13, 14, 500])(
    'with %i degrees of freedom have mean, variance and third central moment',
    (degrees) => {
      const count = 400_000;
      const centred = drawChiSquares(degrees, count).map((value) => (value - degrees) / Math.sqrt(2 * degrees));
      // Central moments of the standardised variate, from its cumulants 2^(n−1) (n − 1)! k.
      const fourth = 3 + 12 / degrees;
      const sixth = 15 + 260 / degrees + 480 / degrees ** 2;
      expect(Math.abs(momentDeviation(centred, 1, 0, 1))).toBeLessThan(4.5);
      expect(Math.abs(momentDeviation(centred, 2, 1, fourth))).toBeLessThan(4.5);
      expect(Math.abs(momentDeviation(centred, 3, Math.sqrt(8 / degrees), sixth))).toBeLessThan(4.5);
    },
  );

  it.each<[number, (x: number) => number]>([
    [1, (x) => 1 - 2 * normalCdf(-Math.sqrt(x))],
    [2, (x) => 1 - Math.exp(-x / 2)],
    [4, (x) => 1 - Math.exp(-x / 2) * (1 + x / 2)],
    [14, (x) => 1 - Math.exp(-x / 2) * [1, 1, 2, 6, 24, 120, 720].reduce((sum, f, i) => sum + (x / 2) ** i / f, 0)],
  ])('with %i degrees of freedom have the distribution function', (degrees, cdf) => {
    expect(kolmogorovSmirnov(drawChiSquares(degrees, 200_000), cdf)).toBeLessThan(2.2);
  });

  it('are 0 without a degree of freedom', () => {
    expect(new Set(drawChiSquares(0, 64))).toEqual(new Set([0]));
  });
});
