import { expect, it } from 'vitest';
import fc from 'fast-check';
import { Random } from './random.js';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it('is sfc32: the published outputs for the state (0, 12345, 0) and counter 1, after the usual 12 rounds', () => {
  const random = new Random();
  Object.assign(random, { a: 0, b: 12345, c: 0, counter: 1 });
  for (let round = 0; round < 12; round++) random.uint32();
  const expected = [235160590, 2967261163, 116171463, 2882324903, 362604721];
  expect(draws(5, () => random.uint32())).toEqual(expected);
});

// Computed by tools/fixtures/engine/random_stream.py, whose MurmurHash3 gives that algorithm's published test vectors.
it.each([
  { path: [1, 'dropout', 0, 'drop'], words: [997987, 988944578, 1010701721], uniform: 0.4128034436477275, digit: 4 },
  { path: [42], words: [3933882474, 2426527372, 1774914358], uniform: 0.43627639659320305, digit: 2 },
  { path: ['ünï', -0.5], words: [130334771, 3273905266, 1991556461], uniform: 0.6606384687695934, digit: 7 },
  { path: [], words: [1375209956, 1634094575, 415405708], uniform: 0.7242969565164038, digit: 8 },
])('draws the same numbers as another implementation from $path', ({ path, words, uniform, digit }) => {
  const random = new Random(...path);
  expect(draws(3, () => random.uint32())).toEqual(words);
  expect(random.uniform()).toBe(uniform);
  expect(random.integer(10)).toBe(digit);
});

it('tells paths apart: order, type, and where one part ends', () => {
  const paths: (number | string)[][] = [
    [1, 2],
    [2, 1],
    [12],
    ['1', 2],
    ['12'],
    ['1', '2'],
    ['a', 'bc'],
    ['ab', 'c'],
    [0],
    [-0],
  ];
  const first = paths.map((path) => new Random(...path).uint32());
  expect(new Set(first).size).toBe(paths.length);
});

it('has streams that are unrelated for neighbouring seeds', () => {
  const first = draws(2000, () => 0).map((_, seed) => new Random(seed, 'x').uniform());
  expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).toBeLessThan(4 / Math.sqrt(first.length));
  expect(Math.abs(mean(first) - 0.5)).toBeLessThan(4 / Math.sqrt(12 * first.length));
});

it('draws uniform numbers in [0, 1) with the moments of the uniform distribution', () => {
  const random = new Random(7, 'uniform');
  const values = draws(100_000, () => random.uniform());
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  // Four standard errors: of the mean √(1/12n), of the mean square √(4/45n).
  expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / values.length));
  expect(Math.abs(mean(values.map((v) => v * v)) - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / values.length));
  // 53 bits: most draws need more than float32 has.
  expect(values.filter((value) => Math.fround(value) === value).length).toBeLessThan(10);
});

it('draws normal numbers with the moments of the normal distribution', () => {
  const random = new Random(7, 'normal');
  const values = draws(100_000, () => random.normal());
  const moment = (power: number) => mean(values.map((value) => value ** power));
  // E z, z², z³, z⁴ = 0, 1, 0, 3 with variances 1, 2, 15, 96.
  for (const [power, expected, variance] of [
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ]) {
    expect(Math.abs(moment(power) - expected)).toBeLessThan(4 * Math.sqrt(variance / values.length));
  }
  // Marsaglia's method makes them in pairs.
  const [even, odd] = [0, 1].map((parity) => values.filter((_, index) => index % 2 === parity));
  expect(Math.abs(correlation(even, odd))).toBeLessThan(4 / Math.sqrt(even.length));
});

it('draws integers below any bound without bias', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer(), (bound, seed) => {
      const random = new Random(seed, bound);
      return draws(20, () => random.integer(bound)).every((n) => Number.isInteger(n) && n >= 0 && n < bound);
    }),
  );
  // Taking 32 bits modulo 3·2^30 would give the lower third twice as often.
  const random = new Random(7, 'integer');
  const values = draws(30_000, () => random.integer(3 * 2 ** 30));
  const lower = values.filter((value) => value < 2 ** 30).length;
  expect(Math.abs(lower - 10_000)).toBeLessThan(4 * Math.sqrt(30_000 * (2 / 9)));
  const thirds = draws(30_000, () => random.integer(3));
  const counts = [0, 1, 2].map((third) => thirds.filter((value) => value === third).length);
  // χ² with two degrees of freedom exceeds 18.4 once in 10,000 times.
  expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(18.4);
});

it('shuffles to a permutation, in place, every order being equally likely', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      const shuffled = [...items];
      expect(new Random(seed).shuffle(shuffled)).toBe(shuffled);
      expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b));
    }),
  );
  const random = new Random(7, 'shuffle');
  const counts = new Map<string, number>();
  for (let trial = 0; trial < 12_000; trial++) {
    const order = random.shuffle(Uint8Array.of(0, 1, 2)).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // χ² with five degrees of freedom exceeds 25.7 once in 10,000 times.
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  expect(chiSquare).toBeLessThan(25.7);
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, index) => (value - meanA) * (b[index] - meanB)));
  const deviation = (values: readonly number[], m: number) => Math.sqrt(mean(values.map((v) => (v - m) ** 2)));
  return covariance / deviation(a, meanA) / deviation(b, meanB);
}
