import '@tensorflow/tfjs-backend-cpu';
import { Random, readNetwork, readParameters, type TapSample } from '@reluctant/core';
import { referenceNetwork } from '@reluctant/core/testing';
import { tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { inspected } from '../testing/inspected.js';
import { batchNormTheory, batchNormTheoryOptions } from './batch-norm-theory.js';

const IMAGES = 20_000;

/** A batch normalisation of independent standard normal inputs, then a ReLU, then a dense layer with another one. */
function normalised(gammas: readonly number[] | undefined, betas: readonly number[] | undefined) {
  const units = (gammas ?? betas!).length;
  const bn = layers.batchNormalization({
    name: 'bn',
    inputShape: [units],
    scale: gammas !== undefined,
    center: betas !== undefined,
    epsilon: 1e-7,
  });
  const model = sequential({
    layers: [bn, layers.reLU({ name: 'relu1' }), layers.dense({ units: 2 }), layers.reLU({ name: 'relu2' })],
  });
  const given = [gammas, betas].flatMap((values) => (values ? [tensor([...values])] : []));
  // The inputs have mean 1 and deviation 2.
  bn.setWeights([...given, tensor(Array<number>(units).fill(1)), tensor(Array<number>(units).fill(4))]);
  const network = readNetwork(model);
  const random = new Random(6, 'batch norm');
  const x = Float32Array.from({ length: IMAGES * units }, () => 1 + 2 * random.normal());
  const batch = { size: IMAGES, x, y: new Int32Array(IMAGES) };
  const outputs = referenceNetwork(network.graph, readParameters(network), batch, 'evaluation');
  const samples = network.sites.map((site): TapSample => {
    const fired = new Float64Array(site.units);
    outputs.get(site.name)!.data.forEach((y, i) => (fired[i % site.units] += Number(y > 0)));
    const values = { fired };
    return {
      site: site.name,
      at: 'activation',
      on: 'probe-split',
      step: 3,
      epoch: 1,
      images: IMAGES,
      elements: IMAGES,
      values,
    };
  });
  return inspected(network, { samples });
}

describe('batch-norm-theory', () => {
  it('R6: batch norm of normal pre-activations, then a ReLU, has Pr[y>0] = Φ(β/|γ|), and so it is counted', async () => {
    const exact = [0.158655, 0.02275, 0.691462];
    const [reading, other] = await batchNormTheory.inspect!(normalised([1, 0.5, -0.5], [-1, -1, 0.25]), {
      sites: 'all',
    });
    if (reading.type !== 'probe.reading') throw new Error('not a reading');
    expect(reading).toMatchObject({ probe: 'batch-norm-theory', site: 'relu1', step: 3, epoch: 1, images: IMAGES });
    exact.forEach((probability, unit) => {
      expect(reading.units.theoryPr[unit]).toBeCloseTo(probability, 5);
      const deviation = reading.units.theoryPr[unit] - reading.units.pr[unit];
      expect(reading.units.deviation[unit]).toBe(deviation);
      expect(Math.abs(deviation)).toBeLessThan(4.5 * Math.sqrt((probability * (1 - probability)) / IMAGES));
    });
    const sizes = reading.units.deviation.map(Math.abs);
    expect(reading.layer).toEqual({
      covered: 1,
      theoryPr: expect.closeTo((0.158655 + 0.02275 + 0.691462) / 3, 5),
      pr: expect.closeTo(reading.units.pr.reduce((a, b) => a + b) / 3, 12),
      meanDeviation: expect.closeTo(sizes.reduce((a, b) => a + b) / 3, 12),
      largestDeviation: Math.max(...sizes),
    });
    // Where no batch normalisation stands directly before the ReLU, it says so.
    expect(other).toMatchObject({ site: 'relu2', units: {}, layer: { covered: 0 } });
  });

  it('has units of γ = 0 on or off by β alone', async () => {
    const [reading] = await batchNormTheory.inspect!(normalised([0, 0, 0], [0.1, 0, -0.1]), { sites: 'all' });
    expect(reading).toMatchObject({ units: { theoryPr: [1, 0, 0], pr: [1, 0, 0], deviation: [0, 0, 0] } });
  });

  it('takes γ = 1 or β = 0 where there is none', async () => {
    const [unscaled] = await batchNormTheory.inspect!(normalised(undefined, [-1, 1]), { sites: 'all' });
    expect(unscaled).toMatchObject({ units: { theoryPr: [expect.closeTo(0.158655, 5), expect.closeTo(0.841345, 5)] } });
    const [unshifted] = await batchNormTheory.inspect!(normalised([-3, 2], undefined), { sites: 'all' });
    expect(unshifted).toMatchObject({ units: { theoryPr: [0.5, 0.5] } });
  });

  it('asks for what it compares with, at the selected sites', () => {
    const { sites } = normalised([1], [0]);
    expect(batchNormTheory.taps(sites, batchNormTheoryOptions.parse({ sites: ['relu1'] }))).toEqual([
      { site: 'relu1', at: 'activation', statistics: ['fired'], on: 'probe-split' },
    ]);
    expect(batchNormTheoryOptions.safeParse({ site: 'relu1' }).success).toBe(false);
  });
});
