import { normalQuantile, wilsonInterval, type SimulationSeries } from '@reluctant/core';
import { percent } from '../comparison/wording.js';
import { meanSeries } from '../comparison/mean-series.js';
import type { FitOptions } from './fit-options.js';

export const GROUP = 'recorded';
export const SHARE = 'Pr[y>0]';
export const MEAN = 'E[w·x + b]';

/** Wilson's intervals over images, as positions of one image are not independent; conservative for a convolution's channel. */
export function recordedShares({ observations, confidence }: FitOptions): SimulationSeries {
  const intervals = observations.map(({ probability, images }) => wilsonInterval(probability, images, confidence));
  return {
    name: SHARE,
    group: GROUP,
    axis: { label: 'epoch', values: observations.map(({ epoch }) => epoch) },
    mean: observations.map(({ probability }) => probability),
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
    band: `${percent(confidence)} confidence over images (Wilson)`,
    trials: observations.at(-1)!.images,
    trialName: 'image',
    // Of Wilson's interval, since p(1 − p)/N would be 0 for a unit that never fired.
    standardError: intervals.map(({ lower, upper }) => (upper - lower) / (2 * normalQuantile((1 + confidence) / 2))),
  };
}

/** Means of the pre-activation. A deviation over all elements is at least that of the images' means. */
export function recordedMeans({ observations, confidence }: FitOptions): SimulationSeries {
  const curve = {
    mean: observations.map(({ preactivation }) => preactivation?.mean ?? NaN),
    standardError: observations.map(({ preactivation, images }) =>
      preactivation ? preactivation.deviation / Math.sqrt(images) : NaN,
    ),
  };
  const axis = { label: 'epoch', values: observations.map(({ epoch }) => epoch) };
  const trials = observations.at(-1)!.images;
  return { ...meanSeries(MEAN, curve, { group: GROUP, axis, trials, confidence }), trialName: 'image' };
}
