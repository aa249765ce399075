import type { SimulationSeries } from '@reluctant/core';
import { meanSeries } from '../comparison/mean-series.js';
import { shareSeries } from '../comparison/share-series.js';
import { hasSignal } from '../model/teacher.js';
import { inputCount, type UnitModel } from '../model/unit-model.js';
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
  const { k, trials, dead } = result;
  const further = { ...options, axis: { label: 'updates', values: [...k] }, trials };
  const of = (name: string, curve: MeanCurve, range?: readonly [least: number, greatest: number]) =>
    meanSeries(name, curve, { ...further, range });
  const weight = (i: number): MeanCurve => ({
    mean: column(result.weights.mean, model.input.size, i),
    standardError: column(result.weights.standardError, model.input.size, i),
  });
  const series = [
    of('Pr[y>0]', result.activation, [0, 1]),
    shareSeries(`share of trials with Pr[y>0] < ${dead.below}`, dead.now, further),
    ...(teacher.kind === 'none' ? [] : [of('excess squared error', result.excessError, [0, Infinity])]),
    of('|w|', result.norm, [0, Infinity]),
  ];
  if (hasSignal(teacher.kind)) series.push(of('overlap with the teacher', result.overlap, [-1, 1]));
  if (hasBias) series.push(of('b', weight(inputs)));
  if (inputs <= FEW_INPUTS) for (let i = 0; i < inputs; i++) series.push(of(`w[${i}]`, weight(i)));
  return series;
}

const column = (matrix: Float64Array, width: number, index: number) => matrix.filter((_, i) => i % width === index);
