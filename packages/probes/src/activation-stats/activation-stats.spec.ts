import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from '../testing/outputs-of.js';
import { activationStats } from './activation-stats.js';

describe('activation-stats', () => {
  it('tells the moments of units and layer', () => {
    // Unit 0: 0, 0, 0, 4. Unit 1: 1, 1, 3, 3.
    const sample = denseSample(4, {
      fired: Float64Array.of(1, 4),
      sum: Float64Array.of(4, 8),
      sumAbs: Float64Array.of(4, 8),
      sumSquares: Float64Array.of(16, 20),
      max: Float64Array.of(4, 3),
    });
    expect(outputsOf(activationStats, [sample], [denseSite(2)])).toEqual([
      {
        type: 'probe.reading',
        probe: 'activation-stats',
        site: 'relu',
        on: 'probe-split',
        step: 0,
        epoch: 0,
        images: 4,
        units: {
          mean: [1, 2],
          std: [expect.closeTo(Math.sqrt(3), 12), expect.closeTo(1, 12)],
          meanAbs: [1, 2],
          max: [4, 3],
        },
        layer: { mean: 1.5, std: expect.closeTo(1.5, 12), elementSparsity: 0.375 },
      },
    ]);
  });

  it('finds mean .398942 and second moment ½ for a ReLU of standard normal numbers', () => {
    const random = new Random(8, 'activation-stats');
    const images = 200_000;
    const counters = { fired: 0, sum: 0, sumSquares: 0, max: 0 };
    for (let image = 0; image < images; image++) {
      const y = Math.max(0, random.normal());
      counters.fired += Number(y > 0);
      counters.sum += y;
      counters.sumSquares += y * y;
      counters.max = Math.max(counters.max, y);
    }
    const values = Object.fromEntries(
      Object.entries({ ...counters, sumAbs: counters.sum }).map(([name, value]) => [name, Float64Array.of(value)]),
    );
    const [output] = outputsOf(activationStats, [denseSample(images, values)], [denseSite(1)]);
    if (output.type !== 'probe.reading') throw new Error('not a reading');
    const { mean, std, elementSparsity } = output.layer;
    // Four standard errors: Var y = ½ − 1/2π, Var y² = 5/4, Var [y>0] = ¼.
    expect(Math.abs(mean - 0.398942)).toBeLessThan(4 * Math.sqrt((0.5 - 1 / (2 * Math.PI)) / images));
    expect(Math.abs(mean ** 2 + std ** 2 - 0.5)).toBeLessThan(4 * Math.sqrt(1.25 / images));
    expect(Math.abs(elementSparsity - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / images));
  });

  it('lets divergence show', () => {
    const nan = Float64Array.of(NaN);
    const values = { fired: Float64Array.of(0), sum: nan, sumAbs: nan, sumSquares: nan, max: nan };
    expect(outputsOf(activationStats, [denseSample(4, values)], [denseSite(1)])).toMatchObject([
      { units: { mean: [NaN], std: [NaN], meanAbs: [NaN], max: [NaN] }, layer: { mean: NaN, std: NaN } },
    ]);
  });
});
