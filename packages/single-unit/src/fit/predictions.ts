import type { SimulationSeries, TheorySeries } from '@reluctant/core';
import { normalCdf } from '../numerics/normal.js';
import type { FitOptions } from './fit-options.js';
import type { NoSignalFit } from './no-signal-fit.js';
import { GROUP, MEAN, SHARE } from './recorded-series.js';
import { rectifiedNormalThreshold } from './rectified-normal.js';
import { shiftMotion, sumsGradients } from './shift-motion.js';

/** From the coarsest to the finest. */
const PREDICTIONS = ['noSignal', 'shiftMotion', 'rectifiedNormal', 'normalPreactivation'] as const;
export type Prediction = (typeof PREDICTIONS)[number];

const titlesOf = (shift: FitOptions['shift']): Readonly<Record<Prediction, string>> => ({
  noSignal: 'no signal (reference: rate fitted)',
  shiftMotion: `moved by its ${shiftName(shift)} alone`,
  rectifiedNormal: 'normal pre-activation, from E[y] and E[y²]',
  normalPreactivation: 'normal pre-activation, Φ(mean/deviation)',
});

/** What the record allows to predict. */
export interface Predictions {
  /** Of Pr[y>0], from the coarsest to the finest. */
  readonly shares: ReadonlyMap<Prediction, TheorySeries>;
  /** Of the mean pre-activation, moved by its bias alone. */
  readonly mean?: TheorySeries;
}

export function predictionsOf(
  options: FitOptions,
  fit: NoSignalFit | undefined,
  axis: SimulationSeries['axis'],
): Predictions {
  const { observations } = options;
  const means = meansByShift(options);
  const titles = titlesOf(options.shift);
  const values: Readonly<Record<Prediction, readonly number[]>> = {
    noSignal: fit && fit.rate > 0 ? fit.probabilities : [],
    shiftMotion: observations.map(({ preactivation }, at) =>
      preactivation ? firingShare({ ...preactivation, mean: means[at] }) : NaN,
    ),
    rectifiedNormal: observations.map(({ activation }) =>
      activation ? normalCdf(rectifiedNormalThreshold(activation.mean, activation.meanSquare)) : NaN,
    ),
    normalPreactivation: observations.map(({ preactivation }) => (preactivation ? firingShare(preactivation) : NaN)),
  };
  const known = PREDICTIONS.filter((kind) => isKnown(values[kind]));
  const seriesOf = (name: string, kind: Prediction, of: readonly number[]): TheorySeries => ({
    name,
    group: GROUP,
    theory: titles[kind],
    axis,
    values: of,
  });
  return {
    shares: new Map(known.map((kind) => [kind, seriesOf(SHARE, kind, values[kind])])),
    ...(isKnown(means) && { mean: seriesOf(MEAN, 'shiftMotion', means) }),
  };
}

/**
 * The mean pre-activation as recorded when the curve starts, and from there on moved as the bias was. It starts at the first record;
 * after a batch norm not before its moving statistics have seen a batch, as until then it normalises nothing.
 */
function meansByShift({ observations, shift, optimizer }: FitOptions): readonly number[] {
  const isMoved = shift && optimizer && sumsGradients(optimizer) && observations.some(({ gradient }) => gradient);
  if (!isMoved) return observations.map(() => NaN);
  const motion = shiftMotion(observations, optimizer);
  const start = motion.findIndex(
    (moved, at) => Number.isFinite(moved) && (shift === 'bias' || observations[at].step > 0),
  );
  const mean = observations[start]?.preactivation?.mean ?? NaN;
  return motion.map((moved, at) => (at < start ? NaN : mean + moved - motion[start]));
}

/** What the literature calls the parameter. */
export const shiftName = (shift: FitOptions['shift']) => (shift === 'batch-norm' ? 'β' : 'bias');

const isKnown = (values: readonly number[]) => !values.every(Number.isNaN);

function firingShare({ mean, deviation }: { readonly mean: number; readonly deviation: number }): number {
  if (deviation === 0 && !Number.isNaN(mean)) return mean > 0 ? 1 : 0;
  return normalCdf(mean / deviation);
}
