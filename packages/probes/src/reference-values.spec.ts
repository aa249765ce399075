import { drawKernel, normalCdf, Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { activationProbability } from './activation-probability/activation-probability.js';
import { deadUnits } from './dead-units/dead-units.js';
import { denseSample, denseSite } from './testing/dense-sample.js';
import { outputsOf } from './testing/outputs-of.js';

// Closed forms for randomly initialised networks, asked of the probes. Monte Carlo means are held to 4.5 standard errors.

/** Outputs of a ReLU layer for each image. */
type Layer = readonly (readonly number[])[];

const HE = { kind: 'he-normal', bias: 0 } as const;

function denseRelu(images: Layer, units: number, random: Random): Layer {
  const inputs = images[0].length;
  const kernel = drawKernel(HE, [inputs, units], random);
  return images.map((x) =>
    Array.from({ length: units }, (_, unit) =>
      Math.max(
        0,
        x.reduce((sum, value, i) => sum + value * kernel[i * units + unit], 0),
      ),
    ),
  );
}

function readingOf(probe: typeof deadUnits | typeof activationProbability, layer: Layer) {
  const units = layer[0].length;
  const fired = Float64Array.from({ length: units }, (_, unit) => layer.filter((image) => image[unit] > 0).length);
  const sample = denseSample(layer.length, { fired, imagesFired: fired });
  const [reading] = outputsOf(probe as typeof deadUnits, [sample], [denseSite(units)]);
  if (reading.type !== 'probe.reading') throw new Error('not a reading');
  return reading;
}

/** Whether all units of some hidden layer are silent on all images, so that the network is constant. */
function isBornDead(images: Layer, width: number, hiddenLayers: number, random: Random): boolean {
  let layer = images;
  for (let depth = 0; depth < hiddenLayers; depth++) {
    layer = denseRelu(layer, width, random);
    if (readingOf(deadUnits, layer).layer.neverFired === width) return true;
  }
  return false;
}

function shareOf(draws: number, happens: (draw: number) => boolean) {
  const share = Array.from({ length: draws }, (_, draw) => Number(happens(draw))).reduce((a, b) => a + b, 0) / draws;
  return { share, tolerance: 4.5 * Math.sqrt((share * (1 - share)) / draws) };
}

describe('units of networks at zero-bias initialisation', () => {
  // One image: a layer of width N is silent with probability 2^−N, whatever the layers before it, as long as they are not.
  it.each([
    [2, 3, 0.578125],
    [3, 5, 0.487091],
    [4, 9, 0.440575],
  ])('one input point, width %i, %i hidden layers: born dead with probability %f', (width, hiddenLayers, exact) => {
    expect(1 - (1 - 2 ** -width) ** hiddenLayers).toBeCloseTo(exact, 6);
    const born = shareOf(2000, (draw) => isBornDead([[1, 0.5]], width, hiddenLayers, new Random('point', width, draw)));
    expect(Math.abs(born.share - exact)).toBeLessThan(born.tolerance);
  });

  // One input dimension: ReLUs without biases are homogeneous, so −1 and 1 stand for the whole axis. The bounds are those of
  // Lu et al. 2019 (arXiv 1903.06733) for L layers, L − 1 of them hidden; the value is of 200,000 independent draws.
  it.each([
    [2, 3, 0.1551],
    [2, 10, 0.8818],
    [3, 10, 0.5782],
    [4, 10, 0.2931],
    [5, 20, 0.3535],
  ])('input dimension 1, width %i, %i layers: born dead with probability %f', (width, layers, simulated) => {
    const draws = 1500;
    const born = shareOf(draws, (draw) => isBornDead([[-1], [1]], width, layers - 1, new Random('axis', width, draw)));
    expect(Math.abs(born.share - simulated)).toBeLessThan(born.tolerance + 0.0025);
    const a1 = 1 - 2 ** -width;
    const a2 = 1 - 2 ** (1 - width) - (width - 1) * 4 ** -width;
    const c = ((1 - 2 ** (1 - width)) * a1) / (1 + (width - 1) * 2 ** -width);
    expect(born.share).toBeGreaterThan(
      1 - a1 ** (layers - 2) + c * (a2 ** (layers - 2) - a1 ** (layers - 2)) - born.tolerance,
    );
    expect(born.share).toBeLessThan(1 - a1 ** (layers - 1) + born.tolerance);
  });

  it.each([1, 2, 4])('the whole non-negative orthant of %i dimensions: dead with probability 2^−(n+1)', (inputs) => {
    // A unit with weights and bias is silent on the orthant where it is on its corner and far along each axis.
    const far = Array.from({ length: inputs }, (_, axis) =>
      Array.from({ length: inputs }, (_, i) => (i === axis ? 1e9 : 0)),
    );
    const orthant = [Array<number>(inputs).fill(0), ...far].map((x) => [...x, 1]);
    const units = 8000;
    const { layer } = readingOf(deadUnits, denseRelu(orthant, units, new Random('orthant', inputs)));
    const exact = 2 ** -(inputs + 1);
    expect(Math.abs(layer.neverFired / units - exact)).toBeLessThan(4.5 * Math.sqrt((exact * (1 - exact)) / units));
  });

  it.each([
    [0, 0.25],
    [0.5, 1 / 3],
    [0.9, 0.428217],
  ])('two images at an angle of cosine %f: both activate a unit with probability %f', (cosine, exact) => {
    expect((Math.PI - Math.acos(cosine)) / (2 * Math.PI)).toBeCloseTo(exact, 6);
    const units = 8000;
    const images = [
      [1, 0],
      [cosine, Math.sqrt(1 - cosine ** 2)],
    ];
    const { pr } = readingOf(activationProbability, denseRelu(images, units, new Random('angle'))).units;
    const both = pr.filter((probability) => probability === 1).length / units;
    expect(Math.abs(both - exact)).toBeLessThan(4.5 * Math.sqrt((exact * (1 - exact)) / units));
  });
});

it.each([
  [1, -1, 0.158655],
  [0.5, -1, 0.02275],
  [-0.5, 0.25, 0.691462],
])('batch norm (γ = %f, β = %f) of normal pre-activations, then a ReLU: Pr[y>0] = %f', (gamma, beta, exact) => {
  expect(normalCdf(beta / Math.abs(gamma))).toBeCloseTo(exact, 5);
  const random = new Random('batch norm');
  const images = 20_000;
  const layer = Array.from({ length: images }, () => [Math.max(0, gamma * random.normal() + beta)]);
  const { units } = readingOf(activationProbability, layer);
  expect(Math.abs(units.pr[0] - exact)).toBeLessThan(4.5 * Math.sqrt((exact * (1 - exact)) / images));
});
