import { drawKernel, normalCdf, Random, type KernelSpec, type Reading } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { activationProbability } from './activation-probability/activation-probability.js';
import { activationStats } from './activation-stats/activation-stats.js';
import { bornDeadEstimate, type BornDeadEstimate } from './born-dead/born-dead-estimate.js';
import { bornDeadLowerBound } from './born-dead/born-dead-lower-bound.js';
import { BornDeadTally } from './born-dead/born-dead-tally.js';
import { compareWithExpectation } from './born-dead/compare-with-expectation.js';
import { deadOnOrthant } from './born-dead/dead-on-orthant.js';
import { expectations } from './born-dead/expectations.js';
import { fullyConnectedSchema } from './born-dead/fully-connected.js';
import { inputPoints } from './born-dead/input-points.js';
import { onePointProbability } from './born-dead/one-point-probability.js';
import { tallyNetworks } from './born-dead/tally-networks.js';
import { dormant } from './dormant/dormant.js';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from './testing/outputs-of.js';

// The numbers that any implementation must reproduce, asked of our initializers and probes, each by its id. Monte Carlo is held to
// four standard errors: of a difference where the reference is Monte Carlo itself.

type AnyProbe = typeof dormant | typeof activationProbability | typeof activationStats;

function readingOf(probe: AnyProbe, images: number, values: Parameters<typeof denseSample>[1], units: number): Reading {
  const [output] = outputsOf(probe as typeof dormant, [denseSample(images, values)], [denseSite(units)]);
  if (output.type !== 'probe.reading') throw new Error('not a reading');
  return output;
}

/** Outputs, [images][units], of a zero-bias ReLU layer at initialisation. */
function reluLayer(
  spec: KernelSpec,
  images: readonly (readonly number[])[],
  units: number,
  random: Random,
): number[][] {
  const kernel = drawKernel(spec, [images[0].length, units], random);
  return images.map((x) =>
    Array.from({ length: units }, (_, unit) =>
      Math.max(
        0,
        x.reduce((sum, value, i) => sum + value * kernel[i * units + unit], 0),
      ),
    ),
  );
}

/** What is counted of a layer, per unit. */
function countersOf(layer: readonly (readonly number[])[]) {
  const total = (value: (y: number) => number) =>
    Float64Array.from(layer[0], (_, unit) => layer.reduce((sum, image) => sum + value(image[unit]), 0));
  const fired = total((y) => Number(y > 0));
  const sum = total((y) => y);
  const max = Float64Array.from(layer[0], (_, unit) => Math.max(...layer.map((image) => image[unit])));
  return { fired, imagesFired: fired, sum, sumAbs: sum, sumSquares: total((y) => y * y), max };
}

function standardError(p: number, draws: number, referenceDraws = Infinity): number {
  return Math.sqrt(p * (1 - p) * (1 / draws + 1 / referenceDraws));
}

const LINE = { kind: 'grid', from: -Math.sqrt(3), to: Math.sqrt(3), points: 21 };

/** Born-dead networks, and what theory says of them. */
function estimate(draws: number, seed: number, options: object) {
  const network = fullyConnectedSchema.parse({ initializer: { kind: 'he-normal' }, inputs: LINE, ...options });
  let tally = new BornDeadTally(network.hidden);
  for (tally of tallyNetworks(network, { draws, seed }));
  const estimated: BornDeadEstimate = bornDeadEstimate(tally);
  const { inputs, inputDimension } = network;
  const known = expectations(network, inputs.kind === 'orthant' ? [] : inputPoints(inputs, inputDimension, seed));
  return { estimated, compared: known.map((expectation) => compareWithExpectation(estimated, expectation)) };
}

it('R1: E|h| = [0, 1, 1, 2] has the dormant scores [0, 1, 1, 2]', () => {
  const { units } = readingOf(dormant, 10, { sumAbs: Float64Array.of(0, 10, 10, 20) }, 4);
  expect(units.score).toEqual([0, expect.closeTo(1, 8), expect.closeTo(1, 8), expect.closeTo(2, 8)]);
  expect(units.dormant).toEqual([1, 0, 0, 0]);
});

describe('R2: one input dimension, zero bias, Gaussian weights', () => {
  it.each([
    [2, 3, 0.1562, 0.1551, 0.4375],
    [2, 10, 0.8703, 0.8818, 0.9249],
    [3, 10, 0.5134, 0.5782, 0.6993],
    [4, 10, 0.2042, 0.2931, 0.4406],
    [5, 20, 0.2138, 0.3535, 0.453],
  ])('width %i, %i layers: born dead at least %f, measured %f, at most %f', (width, layers, lower, measured, upper) => {
    const draws = 10_000;
    const hidden = Array<number>(layers - 1).fill(width);
    const { estimated, compared } = estimate(draws, width, { hidden });
    const { share } = estimated.someLayerSilent;
    expect(Math.abs(share - measured)).toBeLessThan(4 * standardError(measured, draws, 200_000));
    // The reference cuts .15625 off.
    expect(Math.abs(bornDeadLowerBound(width, layers) - lower)).toBeLessThan(5.1e-5);
    expect(onePointProbability(hidden)).toBeCloseTo(upper, 4);
    expect(compared).toContainEqual(expect.objectContaining({ kind: 'bounds', agrees: true }));
    // Without biases a silent layer silences all that follow.
    expect(estimated.lastLayerSilent.count).toBe(estimated.someLayerSilent.count);
  });
});

describe('R3: one input point, zero bias', () => {
  it.each([
    [2, 3, 0.578125],
    [3, 5, 0.487091],
    [4, 9, 0.440575],
  ])('width %i, %i hidden layers: born dead with probability %f', (width, hiddenLayers, exact) => {
    const hidden = Array<number>(hiddenLayers).fill(width);
    expect(onePointProbability(hidden)).toBeCloseTo(exact, 6);
    const point = { inputs: { kind: 'point', at: [1, 0.5] }, inputDimension: 2 };
    const { estimated, compared } = estimate(10_000, width, { hidden, ...point });
    expect(Math.abs(estimated.someLayerSilent.share - exact)).toBeLessThan(4 * standardError(exact, 10_000));
    // The closed form of every layer's share of dead units agrees, too.
    expect(compared.map(({ agrees }) => agrees)).toEqual(Array(1 + hiddenLayers).fill(true));
  });
});

describe('R4: one layer on the whole non-negative orthant, symmetric weights and bias', () => {
  it.each([
    [1, 1 / 4],
    [2, 1 / 8],
    [4, 1 / 32],
  ])('of %i dimensions: a unit is dead with probability %f', (inputDimension, exact) => {
    const inputs = { kind: 'orthant' };
    for (const [initializer, bias] of [
      [{ kind: 'he-normal' }, { sigma: 1 }],
      [{ kind: 'glorot-uniform' }, { sigma: 0.01 }],
    ]) {
      const { estimated, compared } = estimate(4000, 4, { hidden: [4], inputDimension, initializer, bias, inputs });
      const { share } = estimated.layers[0].deadUnits;
      expect(Math.abs(share - exact)).toBeLessThan(4 * standardError(exact, 16_000));
      expect(compared).toMatchObject([{ of: 'deadUnits', lower: exact, upper: exact, agrees: true }]);
    }
    expect(deadOnOrthant(inputDimension, true)).toBe(exact);
  });
});

// Batches of normal pre-activations, scaled and shifted as a batch norm does it.
describe('R6: batch norm of normal pre-activations, then a ReLU', () => {
  it.each([
    [1, -1, 0.158655],
    [0.5, -1, 0.02275],
    [-0.5, 0.25, 0.691462],
  ])('γ = %f, β = %f: Pr[y>0] = %f', (gamma, beta, exact) => {
    expect(normalCdf(beta / Math.abs(gamma))).toBeCloseTo(exact, 5);
    const random = new Random('batch norm');
    const images = 20_000;
    const layer = Array.from({ length: images }, () => [Math.max(0, gamma * random.normal() + beta)]);
    const { units } = readingOf(activationProbability, images, countersOf(layer), 1);
    expect(Math.abs(units.pr[0] - exact)).toBeLessThan(4 * standardError(exact, images));
  });
});

describe('R7: two inputs at an angle, Gaussian weights', () => {
  it.each([
    [0, 0.25],
    [0.5, 1 / 3],
    [0.9, 0.428217],
  ])('of cosine %f: both activate a unit with probability %f', (cosine, exact) => {
    expect((Math.PI - Math.acos(cosine)) / (2 * Math.PI)).toBeCloseTo(exact, 6);
    const units = 8000;
    const images = [
      [1, 0],
      [cosine, Math.sqrt(1 - cosine ** 2)],
    ];
    const layer = reluLayer({ kind: 'he-normal', bias: 0 }, images, units, new Random('angle'));
    const { pr } = readingOf(activationProbability, 2, countersOf(layer), units).units;
    const both = pr.filter((probability) => probability === 1).length / units;
    expect(Math.abs(both - exact)).toBeLessThan(4 * standardError(exact, units));
  });
});

it('R8: a ReLU of N(0, 1) has mean .398942 and second moment ½, and is on half the time over weight draws', () => {
  // One image of norm √n under LeCun weights: pre-activations are N(0, 1), and the layer's units are draws of the weights.
  const [inputs, units] = [10, 40_000];
  const image = Array.from({ length: inputs }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const layer = reluLayer({ kind: 'lecun-normal', bias: 0 }, [image], units, new Random('R8'));
  const { mean, std } = readingOf(activationStats, 1, countersOf(layer), units).layer;
  // Var[y] = ½ − 1/2π and Var[y²] = 5/4.
  expect(Math.abs(mean - 0.398942)).toBeLessThan(4 * Math.sqrt((0.5 - 1 / (2 * Math.PI)) / units));
  expect(Math.abs(mean ** 2 + std ** 2 - 0.5)).toBeLessThan(4 * Math.sqrt(1.25 / units));
  const { layer: probabilities } = readingOf(activationProbability, 1, countersOf(layer), units);
  expect(Math.abs(probabilities.mean - 0.5)).toBeLessThan(4 * standardError(0.5, units));
});

describe('R10: 21 inputs in [−√3, √3], width 2, ten layers', () => {
  const hidden = Array(9).fill(2);
  const draws = 4000;

  it('he-normal: .873 are born dead', () => {
    const { estimated, compared } = estimate(draws, 10, { hidden });
    const { share } = estimated.someLayerSilent;
    expect(Math.abs(share - 0.873)).toBeLessThan(4 * standardError(0.873, draws, 4000));
    expect(compared.map(({ kind, agrees }) => [kind, agrees])).toEqual([['bounds', true], ['published', true]]); // prettier-ignore
  });

  it('randomized-asymmetric: the last hidden layer of .047 is silent, and some layer of .2352', () => {
    const { estimated, compared } = estimate(draws, 10, { hidden, initializer: { kind: 'randomized-asymmetric' } });
    const { lastLayerSilent, someLayerSilent } = estimated;
    expect(Math.abs(lastLayerSilent.share - 0.047)).toBeLessThan(4 * standardError(0.047, draws, 4000));
    // The independent implementation of docs/adr/0005: .2352 ± .0024, 30,000 draws.
    expect(Math.abs(someLayerSilent.share - 0.2352)).toBeLessThan(4 * standardError(0.2352, draws, 30_000));
    expect(compared).toMatchObject([{ kind: 'published', of: 'lastLayerSilent', agrees: true }]);
  });
});
