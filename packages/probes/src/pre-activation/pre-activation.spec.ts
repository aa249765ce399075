import { normalCdf, Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from '../testing/outputs-of.js';
import { preActivation } from './pre-activation.js';

/** What the probe reads of units with these pre-activations: [units][images]. */
function readingOf(units: readonly (readonly number[])[]) {
  const total = (value: (s: number) => number) =>
    Float64Array.from(units, (elements) => elements.reduce((sum, s) => sum + value(s), 0));
  const values = { fired: total((s) => Number(s > 0)), sum: total((s) => s), sumSquares: total((s) => s * s) };
  const sample = denseSample(units[0].length, values, { at: 'preactivation' });
  const [output] = outputsOf(preActivation, [sample], [denseSite(units.length)]);
  if (output.type !== 'probe.reading') throw new Error('not a reading');
  return output;
}

describe('pre-activation', () => {
  it('tells moments, threshold and both probabilities, also of units that do not vary', () => {
    const { units, layer } = readingOf([
      [-1, 1, 3, 5],
      [2, 2, 2, 2],
      [0, 0, 0, 0],
    ]);
    const deviation = Math.sqrt(5);
    expect(units.mean).toEqual([2, 2, 0]);
    expect(units.std).toEqual([expect.closeTo(deviation, 12), 0, 0]);
    expect(units.threshold).toEqual([expect.closeTo(2 / deviation, 12), Infinity, -Infinity]);
    expect(units.pr).toEqual([0.75, 1, 0]);
    expect(units.normalPr).toEqual([expect.closeTo(normalCdf(2 / deviation), 12), 1, 0]);
    const largest = normalCdf(2 / deviation) - 0.75;
    expect(layer.largestDeviation).toBeCloseTo(largest, 12);
    expect(layer.meanDeviation).toBeCloseTo(largest / 3, 12);
    expect(layer.pr).toBeCloseTo(1.75 / 3, 12);
  });

  it('has Φ(a) for Pr[y>0] of a normal pre-activation, and not of a skewed one', () => {
    const random = new Random(3, 'pre-activation');
    const images = 50_000;
    const draw = (element: () => number) => Array.from({ length: images }, element);
    const { units } = readingOf([
      draw(() => 2 * random.normal() - 1),
      // Exponential, of mean and standard deviation 1, lowered by 1: Pr[s>0] = e⁻¹ where Φ(0) = ½.
      draw(() => -Math.log(1 - random.uniform()) - 1),
    ]);
    const [normal, skewed] = units.normalPr.map((value, unit) => value - units.pr[unit]);
    expect(Math.abs(normal)).toBeLessThan(4.5 * Math.sqrt(0.25 / images));
    expect(skewed).toBeCloseTo(0.5 - Math.exp(-1), 1);
  });

  it('lets divergence show', () => {
    expect(readingOf([[NaN, 1]]).units).toMatchObject({ mean: [NaN], std: [NaN], threshold: [NaN], normalPr: [NaN] });
  });
});
