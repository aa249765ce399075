import { Random } from '@reluctant/core';
import { inputCount, type UnitModel } from '../model/unit-model.js';
import { inactiveSide } from '../model/update-rule.js';
import { dot, multiply } from '../numerics/matrix.js';
import { normalCdf } from '../numerics/normal.js';
import { squaredError } from '../theory/squared-error.js';
import type { TheoryModel } from '../theory/theory-model.js';
import { factorMatrix } from './input-composition.js';
import { quickExcessError } from './quick-excess-error.js';
import { EVALUATED_INPUTS } from './simulation-plan.js';

/** What is recorded of a unit at given weights, besides the weights. */
export interface Observation {
  /** Pr[y>0] on fresh inputs. */
  readonly activation: number;
  /** E[(g(v·x) − y)²] on fresh inputs: the mean squared error without the noise of the desired signal. 0 without a teacher. */
  readonly excessError: number;
  /** |w|, without the bias. */
  readonly norm: number;
  /** Cosine of the angle between w and v, without biases; 0 where one of them has no direction. */
  readonly overlap: number;
}

/**
 * A function that observes a unit at weights w (bias last). For normal inputs both expectations are closed forms. For patches they
 * are means over all patches; for other distributions over 4,096 inputs, the same for all trials, so that Pr[y>0] is a multiple of
 * 1/4096.
 */
export function observer(model: UnitModel, seed: number): (weights: Float64Array) => Observation {
  const expectations = model.distribution.kind === 'normal' ? closedForms(model) : sampleMeans(model, seed);
  const inputs = inputCount(model);
  const v = model.teacher.weights.subarray(0, inputs);
  const teacherNorm = Math.sqrt(dot(v, v));
  return (weights) => {
    let squares = 0;
    let product = 0;
    for (let i = 0; i < inputs; i++) {
      squares += weights[i] * weights[i];
      product += weights[i] * v[i];
    }
    const norm = Math.sqrt(squares);
    const norms = norm * teacherNorm;
    // Rounding can lead a little beyond 1, which no cosine is.
    const overlap = norms === 0 ? 0 : Math.max(-1, Math.min(1, product / norms));
    const { activation, excessError } = expectations(weights);
    return { activation, excessError, norm, overlap };
  };
}

type Expectations = (weights: Float64Array) => Pick<Observation, 'activation' | 'excessError'>;

/**
 * Both depend on the joint law of w·x and v·x alone, that is on their means, deviations and correlation: the closed form is taken
 * of a unit with two independent inputs and a bias that has the same.
 */
function closedForms(model: UnitModel): Expectations {
  const { mean, covariance, size } = model.input;
  const { kind, weights: v } = model.teacher;
  const isDiagonal = covariance.every((entry, i) => entry === 0 || i % (size + 1) === 0);
  const variances = Float64Array.from({ length: size }, (_, i) => covariance[i * (size + 1)]);
  /** xᵀ R y. */
  const product = isDiagonal
    ? (x: Float64Array, y: Float64Array) => {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += variances[i] * x[i] * y[i];
        return sum;
      }
    : (x: Float64Array, y: Float64Array) => dot(x, multiply(covariance, y));
  const meanT = dot(v, mean);
  // Below 0 a leaky unit has an output as well.
  const isQuick = model.rule.kind !== 'leaky';
  const residual = new Float64Array(size);
  const teacher = Float64Array.of(0, 0, meanT);
  const student = new Float64Array(3);
  const small: TheoryModel = {
    input: { size: 3, mean: Float64Array.of(0, 0, 1), covariance: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0) },
    teacher: { kind, weights: teacher },
    rule: model.rule,
    noise: model.noise,
  };

  return (weights) => {
    const meanS = dot(weights, mean);
    const variance = Math.max(0, product(weights, weights));
    const deviation = Math.sqrt(variance);
    // A unit without variance is active or not by its mean alone.
    const activation = deviation > 0 ? normalCdf(meanS / deviation) : meanS > 0 ? 1 : 0;
    if (kind === 'none') return { activation, excessError: 0 };
    const gain = deviation > 0 ? product(v, weights) / variance : 0;
    for (let i = 0; i < size; i++) residual[i] = v[i] - gain * weights[i];
    const tau = Math.sqrt(Math.max(0, product(residual, residual)));
    const deviationT = Math.hypot(gain * deviation, tau);
    if (isQuick && deviation > 0 && deviationT > 0) {
      const [rho, sine] = [(gain * deviation) / deviationT, tau / deviationT];
      const law = { meanS, deviationS: deviation, meanT, deviationT, rho, sine };
      const excessError = quickExcessError(kind, law);
      if (excessError !== undefined) return { activation, excessError };
    }
    teacher[0] = gain * deviation;
    teacher[1] = tau;
    student[0] = deviation;
    student[2] = meanS;
    return { activation, excessError: squaredError(small, student).excess };
  };
}

function sampleMeans(model: UnitModel, seed: number): Expectations {
  const inputs = inputCount(model);
  const vectors =
    model.distribution.patches ?? drawInputs(model, EVALUATED_INPUTS, new Random(seed, 'evaluated inputs'));
  const count = vectors.length / inputs;
  const { weights: v, kind } = model.teacher;
  const { slope } = inactiveSide(model.rule);
  return (weights) => {
    let active = 0;
    let squares = 0;
    for (let at = 0; at < vectors.length; at += inputs) {
      let s = model.hasBias ? weights[inputs] : 0;
      let t = model.hasBias ? v[inputs] : 0;
      for (let i = 0; i < inputs; i++) {
        s += weights[i] * vectors[at + i];
        t += v[i] * vectors[at + i];
      }
      if (s > 0) active++;
      if (kind === 'none') continue;
      const desired = kind === 'zero' || (kind === 'relu' && t < 0) ? 0 : t;
      squares += (desired - (s > 0 ? s : slope * s)) ** 2;
    }
    return { activation: active / count, excessError: squares / count };
  };
}

/** Input vectors without the bias, one after the other. */
export function drawInputs(model: UnitModel, count: number, random: Random): Float64Array {
  const inputs = inputCount(model);
  const matrix = factorMatrix(model.distribution.factor, inputs);
  const draw = VARIATES[model.distribution.kind];
  const vectors = new Float64Array(count * inputs);
  for (let at = 0; at < vectors.length; at += inputs) {
    const variates = Float64Array.from({ length: inputs }, () => draw(random));
    vectors.set(multiply(matrix, variates), at);
    for (let i = 0; i < inputs; i++) vectors[at + i] += model.input.mean[i];
  }
  return vectors;
}

/** Of mean 0 and variance 1. */
const VARIATES: Readonly<Record<UnitModel['distribution']['kind'], (random: Random) => number>> = {
  normal: (random) => random.normal(),
  uniform: (random) => Math.sqrt(3) * (2 * random.uniform() - 1),
  laplace: (random) => (random.integer(2) === 0 ? 1 : -1) * Math.SQRT1_2 * -Math.log(1 - random.uniform()),
  bernoulli: (random) => (random.integer(2) === 0 ? 1 : -1),
  patches: () => 0,
};
