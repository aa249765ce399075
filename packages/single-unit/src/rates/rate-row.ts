import { normalQuantile } from '@reluctant/core';
import type { Stepwise } from '../numerics/stepwise.js';
import { planarModel, planarWeights } from '../theory/evolution/planar-model.js';
import { convergenceTimesInSteps } from '../theory/rates/convergence-times.js';
import { whiteBiasRates, type WhiteBiasRates } from '../theory/rates/white-bias-rates.js';
import { meanSquareOperators } from '../theory/stability/mean-square-operators.js';
import { meanSquareContraction, meanSquareStepSizeBound } from '../theory/stability/step-size-bounds.js';
import { SHARES, timeConstantBetween } from './measured-rate.js';
import type { RatesOptions } from './rates-options.js';
import { modelAt } from './unit-at.js';

/** What theory says of one probability. Time constants are of the weights, in updates. */
export interface RateRow {
  readonly probability: number;
  /** Eigenvalues of E[1(s>0) x xᵀ] at the optimum. */
  readonly rates: WhiteBiasRates;
  /** The slow one in mean square at the step size itself: Infinity beyond the stability bound. */
  readonly atStepSize: number;
  readonly stepSizeBound: number;
  /** Measured on the mean field between −30 and −50 dB; undefined where it does not get there. */
  readonly meanField?: number;
  /** Updates that the mean field takes to −50 dB. */
  readonly steps?: number;
}

/** Time constants of the slow rate that a start needs for −50 dB, in the middle: for estimates of what is yet to compute. */
const TYPICAL_TIME_CONSTANTS = 2.3;
/** A unit that is not there after so many slow time constants is stuck. */
const MOST_TIME_CONSTANTS = 60;

/** About what `rateRow` yields altogether: the time τ = μk that the mean field takes to −50 dB. */
export function typicalTime(probability: number): number {
  return TYPICAL_TIME_CONSTANTS / whiteBiasRates(normalQuantile(probability)).slow;
}

/** Yields the time τ that the mean field has covered since it last yielded. */
export function* rateRow(options: RatesOptions, probability: number): Stepwise<RateRow> {
  const { stepSize, start } = options;
  const model = modelAt(options, probability);
  const rates = whiteBiasRates(normalQuantile(probability));
  const operators = meanSquareOperators(model, true);
  const contraction = meanSquareContraction(operators, stepSize);
  const [early, late] = yield* convergenceTimesInSteps(
    planarModel(model, true),
    planarWeights(start),
    SHARES,
    MOST_TIME_CONSTANTS / rates.slow,
  );
  const arrives = early !== undefined && late !== undefined;
  return {
    probability,
    rates,
    atStepSize: contraction < 1 ? -2 / Math.log(contraction) : Infinity,
    stepSizeBound: meanSquareStepSizeBound(operators),
    ...(arrives && { meanField: timeConstantBetween([early, late]) / stepSize, steps: Math.ceil(late / stepSize) }),
  };
}
