import { theilSen } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { site } from '../samples/sample-manifest.js';
import type { ActivationByDepth, LayerActivation } from './activation-by-depth.js';
import { depthTrends } from './depth-trend.js';

const layer = (depth: number, mean: number | null, skip = false): LayerActivation => ({
  site: site(`relu${depth}`, depth, 1, 'dense', skip),
  pr: [mean ?? NaN],
  mean,
  meanLower: null,
  meanUpper: null,
  elements: null,
  median: mean,
  lowerQuartile: mean,
  upperQuartile: mean,
  min: mean,
  max: mean,
  belowHalf: null,
});
const activation = (layers: readonly LayerActivation[]): ActivationByDepth => {
  return { on: 'probe-split', step: 0, epoch: 0, images: 1, mean: 0, confidence: null, units: layers.length, layers };
};
const means = [0.5, 0.47, 0.46, 0.41, 0.42, 0.36];

describe('the trend over depth', () => {
  it('is Theil and Sen’s line through the layer means', () => {
    const [trend, ...others] = depthTrends(activation(means.map((mean, index) => layer(index + 1, mean))), 0.9);
    const line = theilSen([1, 2, 3, 4, 5, 6], means, 0.9);
    expect(others).toEqual([]);
    expect(trend).toMatchObject({ of: 'all', sites: 6, slope: line.slope, confidence: 0.9, ...line.interval });
    expect(trend!.points.map(({ depth }) => depth)).toEqual([1, 3.5, 6]);
    expect(trend!.points[0]!.mean).toBeCloseTo(line.intercept + line.slope, 12);
    for (const { lower, mean, upper } of trend!.points) {
      expect(lower).toBeLessThanOrEqual(mean + 1e-12);
      expect(upper).toBeGreaterThanOrEqual(mean - 1e-12);
    }
    expect(trend!.points[1]!.upper - trend!.points[1]!.lower).toBeCloseTo(0, 12);
  });

  it('is drawn apart for sites that a skip enters, each kind with five sites at least', () => {
    const inside = means.map((mean, index) => layer(2 * index + 1, mean));
    const after = [0.6, 0.62, 0.64, 0.66].map((mean, index) => layer(2 * index + 2, mean, true));
    expect(depthTrends(activation([...inside, ...after])).map(({ of }) => of)).toEqual(['no skip']);
    const [, skip] = depthTrends(activation([...inside, ...after, layer(10, 0.68, true)]));
    expect(skip).toMatchObject({ of: 'skip', sites: 5 });
    expect(skip!.slope).toBeCloseTo(0.01, 12);
  });

  it('needs means that were measured', () => {
    expect(depthTrends(activation(means.map((mean, index) => layer(index + 1, index < 2 ? null : mean))))).toEqual([]);
  });
});
