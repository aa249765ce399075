import { normalQuantile, wilsonInterval, type SimulationSeries } from '@reluctant/core';
import type { UnitModel } from '../model/unit-model.js';
import { inputCount } from './kernel.js';
import type { MeanCurve, SimulationResult } from './simulation-result.js';

/** Up to this many inputs every weight has its own curve. */
const FEW_INPUTS = 4;

interface CurveOptions {
  /** Name of the curves' group. */
  readonly group: string;
  /** Two-sided confidence of all bands, in (0, 1). */
  readonly confidence: number;
}

/** What a result says, as curves with confidence bands. */
export function curvesOf(result: SimulationResult, model: UnitModel, options: CurveOptions): SimulationSeries[] {
  const { hasBias, teacher } = model;
  const inputs = inputCount(model);
  const of = (name: string, curve: MeanCurve, range?: Range) => meanSeries(name, curve, result, options, range);
  const weight = (i: number): MeanCurve => ({
    mean: column(result.weights.mean, model.input.size, i),
    standardError: column(result.weights.standardError, model.input.size, i),
  });
  const series = [
    of('Pr[y>0]', result.activation, [0, 1]),
    deadSeries(result, options),
    of('excess squared error', result.excessError, [0, Infinity]),
    of('|w|', result.norm, [0, Infinity]),
  ];
  if (teacher.kind !== 'zero') series.push(of('overlap with the teacher', result.overlap, [-1, 1]));
  if (hasBias) series.push(of('b', weight(inputs)));
  if (inputs <= FEW_INPUTS) for (let i = 0; i < inputs; i++) series.push(of(`w[${i}]`, weight(i)));
  return series;
}

/** Least and greatest value that a quantity can have. A band of its mean is cut there. */
type Range = readonly [least: number, greatest: number];

function meanSeries(
  name: string,
  { mean, standardError }: MeanCurve,
  { k, trials }: SimulationResult,
  { group, confidence }: CurveOptions,
  [least, greatest]: Range = [-Infinity, Infinity],
): SimulationSeries {
  const z = normalQuantile((1 + confidence) / 2);
  return {
    name,
    group,
    axis: { label: 'updates', values: [...k] },
    mean: [...mean],
    lower: Array.from(mean, (value, i) => Math.max(least, value - z * standardError[i])),
    upper: Array.from(mean, (value, i) => Math.min(greatest, value + z * standardError[i])),
    band: `${percent(confidence)} % confidence of the mean`,
    trials,
  };
}

function deadSeries({ k, trials, dead }: SimulationResult, { group, confidence }: CurveOptions): SimulationSeries {
  const intervals = Array.from(dead.now, (share) => wilsonInterval(share, trials, confidence));
  return {
    name: `share of trials with Pr[y>0] < ${dead.below}`,
    group,
    axis: { label: 'updates', values: [...k] },
    mean: [...dead.now],
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
    band: `${percent(confidence)} % confidence of the share (Wilson)`,
    trials,
  };
}

const column = (matrix: Float64Array, width: number, index: number) => matrix.filter((_, i) => i % width === index);

const percent = (share: number) => Number((100 * share).toPrecision(12));
