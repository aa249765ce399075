import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from '../testing/outputs-of.js';
import { residualSites } from '../testing/residual-sites.js';
import { activationProbability, activationProbabilityOptions } from './activation-probability.js';

describe('activation-probability', () => {
  it('tells units and layer', () => {
    const values = { fired: Float64Array.of(0, 20, 60, 100), imagesFired: Float64Array.of(0, 20, 60, 100) };
    const [reading] = outputsOf(activationProbability, [denseSample(100, values)], [denseSite(4)]);
    expect(reading).toMatchObject({
      type: 'probe.reading',
      probe: 'activation-probability',
      site: 'relu',
      on: 'probe-split',
      step: 0,
      epoch: 0,
      images: 100,
      units: { pr: [0, 0.2, 0.6, 1], fired: [0, 20, 60, 100], imagesFired: [0, 20, 60, 100] },
      layer: { mean: 0.45, min: 0, max: 1, belowHalf: 0.5, elements: 100, confidence: 0.95 },
    });
    if (reading.type !== 'probe.reading') throw new Error('not a reading');
    expect(reading.layer.median).toBeCloseTo(0.4, 12);
    expect(reading.layer.lowerQuartile).toBeCloseTo(0.15, 12);
    expect(reading.layer.upperQuartile).toBeCloseTo(0.7, 12);
    // Wilson's 95 % interval for 20 of 100.
    expect(reading.units.prLower[1]).toBeCloseTo(0.13337, 5);
    expect(reading.units.prUpper[1]).toBeCloseTo(0.28883, 5);
    expect(reading.units.prLower[0]).toBe(0);
    expect(reading.units.prUpper[3]).toBe(1);
  });

  it('has an interval as wide for 64 positions as for one: images are the observations', () => {
    const conv = { ...denseSite(1), kind: 'conv', positions: 64 } as const;
    const sample = denseSample(100, { fired: Float64Array.of(1280), imagesFired: Float64Array.of(100) });
    const [reading] = outputsOf(activationProbability, [{ ...sample, elements: 6400 }], [conv]);
    expect(reading).toMatchObject({ units: { pr: [0.2], prLower: [expect.closeTo(0.13337, 5)] } });
  });

  /** Two channels of 16 positions that fire together: each image fires everywhere or nowhere. */
  const allOrNothing = (firedImages: number) => {
    const conv = { ...denseSite(2), kind: 'conv', positions: 16 } as const;
    const fired = Float64Array.of(16 * firedImages, 16 * firedImages);
    const firedPerImage = Float64Array.from({ length: 200 }, (_, image) => (image < firedImages ? 32 : 0));
    const values = { fired, imagesFired: Float64Array.of(firedImages, firedImages), firedPerImage };
    const sample = { ...denseSample(200, values), elements: 3200 };
    return { conv, sample };
  };

  it("bounds a layer's mean by resampling images, however many elements they have", () => {
    const { conv, sample } = allOrNothing(60);
    const [reading] = outputsOf(activationProbability, [sample], [conv]);
    if (reading.type !== 'probe.reading') throw new Error('not a reading');
    const { mean, meanLower, meanUpper, elements } = reading.layer;
    expect([mean, elements]).toEqual([0.3, 3200]);
    // As of 60 in 200 independent images: ± 1.96·√(.3·.7/200). Counting 6,400 elements would give a sixth of that.
    expect(meanLower).toBeCloseTo(0.3 - 0.0635, 1.7);
    expect(meanUpper).toBeCloseTo(0.3 + 0.0635, 1.7);
    const narrower = outputsOf(activationProbability, [sample], [conv], { confidence: 0.5 })[0];
    if (narrower.type !== 'probe.reading') throw new Error('not a reading');
    expect(narrower.layer.meanUpper - narrower.layer.meanLower).toBeLessThan(0.5 * (meanUpper - meanLower));
  });

  it("has the same interval for the same counts, whatever was measured before, and Wilson's of a silent layer", () => {
    const { conv, sample } = allOrNothing(60);
    const first = outputsOf(activationProbability, [sample], [conv]);
    const silent = outputsOf(activationProbability, [allOrNothing(0).sample, sample], [conv], { resamples: 500 });
    expect(outputsOf(activationProbability, [sample], [conv])).toEqual(first);
    expect(silent[0]).toMatchObject({ layer: { meanLower: 0, meanUpper: expect.closeTo(0.01885, 5) } });
  });

  it('asks for numbers of images on the probe split only, and does without where they were not recorded', () => {
    const taps = activationProbability.taps([denseSite(1)], activationProbabilityOptions.parse({}));
    expect(taps.map(({ on, statistics }) => [on, statistics.includes('firedPerImage')])).toEqual([
      ['probe-split', true],
      ['training-step', false],
    ]);
    const { conv, sample } = allOrNothing(60);
    const { firedPerImage: _, ...values } = sample.values;
    const [reading] = outputsOf(activationProbability, [{ ...sample, values }], [conv]);
    if (reading.type !== 'probe.reading') throw new Error('not a reading');
    expect(reading.layer).not.toHaveProperty('meanLower');
    expect(reading.layer.mean).toBe(0.3);
  });

  it('narrows or widens the interval with the confidence asked for', () => {
    const sample = denseSample(100, { fired: Float64Array.of(20), imagesFired: Float64Array.of(20) });
    const [reading] = outputsOf(activationProbability, [sample], [denseSite(1)], { confidence: 0.99 });
    expect(reading).toMatchObject({ units: { prLower: [expect.closeTo(0.11716, 5)] } });
  });

  it('keeps the in-training series apart, and leaves it out when asked', () => {
    const seriesOfTaps = (options: object) =>
      new Set(
        activationProbability.taps(residualSites, activationProbabilityOptions.parse(options)).map((tap) => tap.on),
      );
    expect(seriesOfTaps({})).toEqual(new Set(['probe-split', 'training-step']));
    expect(seriesOfTaps({ training: false })).toEqual(new Set(['probe-split']));
    const values = { fired: Float64Array.of(5), imagesFired: Float64Array.of(5) };
    const samples = [denseSample(10, values), denseSample(20, values, { on: 'training-step', step: 3 })];
    const series = (options: object) =>
      outputsOf(activationProbability, samples, [denseSite(1)], options).map((output) =>
        output.type === 'probe.reading' ? [output.on, output.step, output.units.pr] : [],
      );
    expect(series({})).toEqual([
      ['probe-split', 0, [0.5]],
      ['training-step', 3, [0.25]],
    ]);
    expect(series({ training: false })).toEqual([['probe-split', 0, [0.5]]]);
  });

  it('is ½ on average for zero-bias neurons with symmetric weights', () => {
    const random = new Random(8, 'zero-bias');
    const [units, inputs, images] = [400, 8, 200];
    const normals = (length: number) => Array.from({ length }, () => random.normal());
    const data = Array.from({ length: images }, () => normals(inputs));
    const fired = Float64Array.from({ length: units }, () => {
      const weights = normals(inputs);
      return data.filter((x) => x.reduce((sum, value, i) => sum + value * weights[i], 0) > 0).length;
    });
    const [reading] = outputsOf(
      activationProbability,
      [denseSample(images, { fired, imagesFired: fired })],
      [denseSite(units)],
    );
    // A neuron's probability scatters by at most ½ over weight draws: four standard errors are 4·½/√400.
    if (reading.type !== 'probe.reading') throw new Error('not a reading');
    expect(Math.abs(reading.layer.mean - 0.5)).toBeLessThan(0.1);
  });
});
