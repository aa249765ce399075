import { ReluctantError } from '@reluctant/core';
import { dormandPrince } from '../../numerics/dormand-prince.js';
import { dot } from '../../numerics/matrix.js';
import { drift } from '../drift/drift.js';
import { unitGeometry } from '../geometry.js';
import { gradientSecondMoment } from '../gradient-second-moment.js';
import { activationProbability } from '../half-space-moments.js';
import { squaredError } from '../squared-error.js';
import { FLOW_TOLERANCES, flowAt } from './mean-field-flow.js';
import { planarModel } from './planar-model.js';
import type { TrainedUnit } from './trained-unit.js';

/** Order parameters of a unit with many inputs, which no longer fluctuate. */
export interface LimitPoint {
  /** k/L. */
  readonly time: number;
  /** |w|², without the bias. */
  readonly squaredNorm: number;
  /** w·v/|v|, without the biases. */
  readonly overlap: number;
  readonly bias: number;
  readonly activation: number;
  readonly squaredError: number;
}

/**
 * The limit of many white inputs, L → ∞ at a fixed learning rate η = μL and in the time k/L (Saad & Solla 1995): the noise of the
 * gradients makes |w| grow, at a rate E[(Δ|w|)²] that does not vanish in the limit, but nothing fluctuates.
 *
 *     d|w|²/dt = 2η w·h + η² E[(e gate)²]/B,   d(w·v)/dt = η v·h,   db/dt = η h_b
 *
 * Error O(1/√L) for single runs, O(1/L) for their means.
 *
 * @param unit with inputs of mean 0 and variance 1
 * @param times increasing, from 0 on
 * @throws ReluctantError `CONFIG_INVALID` for other inputs, or with momentum
 */
export function largeInputLimit(unit: TrainedUnit, start: Float64Array, times: readonly number[]): LimitPoint[] {
  const { hasBias, teacher, weightDecay } = unit;
  const inputs = unit.input.size - (hasBias ? 1 : 0);
  if (unit.momentum !== 0) {
    throw new ReluctantError('CONFIG_INVALID', 'The limit of many inputs is known only without momentum.');
  }
  // The coordinate of the bias is kept also where there is none, as its second moment is that of e · gate.
  const model = planarModel(unit, hasBias);
  const learningRate = unit.stepSize * inputs;
  const [weights, direction] = [start.subarray(0, inputs), teacher.weights.subarray(0, inputs)];
  const teacherNorm = Math.sqrt(dot(direction, direction));

  const weightsOf = ([overlap, squaredNorm, bias]: Float64Array) =>
    Float64Array.of(overlap, Math.sqrt(Math.max(0, squaredNorm - overlap * overlap)), bias);
  const derivative = (_: number, state: Float64Array, slope: Float64Array) => {
    const at = weightsOf(state);
    const geometry = unitGeometry(model.input, model.teacher.weights, at);
    const [along, across, bias] = drift(model, at, geometry);
    const squaredUpdate = gradientSecondMoment(model, at, geometry)[8] / unit.batchSize;
    slope[0] = learningRate * (along - weightDecay * at[0]);
    slope[1] =
      2 * learningRate * (at[0] * along + at[1] * across - weightDecay * state[1]) + learningRate ** 2 * squaredUpdate;
    slope[2] = hasBias ? learningRate * bias : 0;
  };

  const initial = Float64Array.of(
    teacherNorm > 0 ? dot(weights, direction) / teacherNorm : 0,
    dot(weights, weights),
    hasBias ? start[inputs] : 0,
  );
  const steps = dormandPrince(derivative, { time: 0, state: initial }, times[times.length - 1], FLOW_TOLERANCES);
  return flowAt(steps, initial, times).map(({ time, weights: state }) => {
    const at = weightsOf(state);
    const geometry = unitGeometry(model.input, model.teacher.weights, at);
    return {
      time,
      overlap: state[0],
      squaredNorm: state[1],
      bias: state[2],
      activation: activationProbability(geometry),
      squaredError: squaredError(model, at, geometry).mse,
    };
  });
}
