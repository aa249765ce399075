import type { SimulationSeries, TheorySeries } from '@reluctant/core';
import { meanSeries, type MeanSeriesOptions } from '../comparison/mean-series.js';
import { shareSeries } from '../comparison/share-series.js';
import type { SimulationResult } from '../simulation/simulation-result.js';
import { marginalDeathEstimate } from '../theory/death/marginal-estimate.js';
import type { TheoryCurves } from './theories.js';

/** A quantity with its simulated curve and what each theory says of it. */
export interface Quantity {
  readonly simulated: SimulationSeries;
  readonly predicted: readonly { readonly theory: TheoryCurves['name']; readonly series: TheorySeries }[];
  /** Whether its curves are published; otherwise they only count for the comparison. */
  readonly isShown: boolean;
  /** Whether it counts for the comparison: not where its standard error rests on an assumption about the weights. */
  readonly isJudged: boolean;
}

interface QuantityOptions extends Pick<MeanSeriesOptions, 'range' | 'of'> {
  readonly isShown?: boolean;
  readonly isJudged?: boolean;
}

/** Up to this many weights every one has a chart. */
const FEW_WEIGHTS = 6;

/** Pr[y>0], the squared error, every weight, and the sum of the weights' variances. */
export function quantities(
  result: SimulationResult,
  curves: readonly TheoryCurves[],
  { confidence, hasBias }: { readonly confidence: number; readonly hasBias: boolean },
): readonly Quantity[] {
  const { k, trials, activation, squaredError, weights } = result;
  const size = weights.mean.length / k.length;
  const axis = { label: 'updates', values: k };
  const quantity = (
    name: string,
    curve: { readonly mean: ArrayLike<number>; readonly standardError: ArrayLike<number> },
    valuesOf: (curves: TheoryCurves) => readonly number[] | undefined,
    { isShown = true, isJudged = true, ...band }: QuantityOptions = {},
  ): Quantity => ({
    simulated: meanSeries(name, curve, { group: '', axis, trials, confidence, ...band }),
    predicted: curves.flatMap((theory) => {
      const values = valuesOf(theory);
      const series = { name, group: '', theory: theory.title, axis, values: values ?? [] };
      return values ? [{ theory: theory.name, series }] : [];
    }),
    isShown,
    isJudged,
  });
  const column = (values: Float64Array, i: number) => k.map((_, point) => values[point * size + i]);
  return [
    quantity('Pr[y>0]', activation, (theory) => theory.activation, { range: [0, 1] }),
    quantity('squared error', squaredError, (theory) => theory.squaredError, { range: [0, Infinity] }),
    ...Array.from({ length: size }, (_, i) =>
      quantity(
        hasBias && i === size - 1 ? 'b' : `w[${i}]`,
        { mean: column(weights.mean, i), standardError: column(weights.standardError, i) },
        ({ mean }) => mean?.map((vector) => vector[i]),
        { isShown: size <= FEW_WEIGHTS },
      ),
    ),
    quantity(
      'sum of the variances of the weights',
      varianceCurve(result, size),
      // The mean field has no variance to be right or wrong about.
      ({ name, variance }) => (name === 'C0' ? undefined : variance?.map((vector) => sum(vector))),
      { range: [0, Infinity], of: 'the sum, as if weights were normal', isJudged: false },
    ),
    deadShare(result, curves, confidence),
  ];
}

/** The share of dead trials, beside the estimate of the closures that know a spread. It is no more than that, so it is not judged. */
function deadShare(
  { k, trials, dead }: SimulationResult,
  curves: readonly TheoryCurves[],
  confidence: number,
): Quantity {
  const name = `share of trials with Pr[y>0] < ${dead.below}`;
  const axis = { label: 'updates', values: k };
  return {
    simulated: shareSeries(name, dead.now, { group: '', axis, trials, confidence }),
    predicted: curves.flatMap(({ name: theory, title, threshold }) => {
      if (theory === 'C0' || !threshold || dead.below >= 1) return [];
      const values = threshold.map((one) => marginalDeathEstimate({ threshold: one }, dead.below));
      return [{ theory, series: { name, group: '', theory: title, axis, values } }];
    }),
    isShown: true,
    isJudged: false,
  };
}

/** tr Cov[w], with its standard error for normal weights, √(2 tr(Cov²)/(N − 1)). */
function varianceCurve({ k, trials, variance, covariance }: SimulationResult, size: number) {
  const squares = (values: Float64Array, length: number, point: number) =>
    values.subarray(point * length, (point + 1) * length).reduce((total, value) => total + value * value, 0);
  return {
    mean: k.map((_, point) => sum(variance.subarray(point * size, (point + 1) * size))),
    standardError: k.map((_, point) => {
      // Without the covariances at least the variances' own part.
      const total = covariance ? squares(covariance, size * size, point) : squares(variance, size, point);
      return Math.sqrt((2 * total) / (trials - 1));
    }),
  };
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
