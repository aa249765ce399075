import type { Random } from '@reluctant/core';
import { dot } from '../numerics/matrix.js';
import { RunningMoments } from '../numerics/running-moments.js';
import type { TheoryModel } from '../theory/theory-model.js';
import type { RandomUnit } from './random-unit.js';

/** One update's error and factor on x, written out from the definition of the rules: e, and e · gate(s). */
export function simulatedUpdate(
  { teacher, rule, noise }: TheoryModel,
  weights: Float64Array,
  x: Float64Array,
  normal: number,
) {
  const s = dot(weights, x);
  const t = dot(teacher.weights, x);
  const output = s > 0 ? s : rule.kind === 'leaky' ? rule.leak * s : 0;
  // Without a teacher the error is noise alone.
  const signal = { relu: Math.max(t, 0), linear: t, zero: 0, none: output }[teacher.kind];
  const gate = s > 0 ? 1 : { backprop: 0, lms: 1, surrogate: rule.leak, leaky: rule.leak }[rule.kind];
  const error = signal + noise * normal - output;
  return { s, t, error, factor: error * gate };
}

/**
 * The largest distance between expected values and means over simulated samples, in standard errors. A quantity that never varies
 * must agree to rounding.
 *
 * @param sample fills the given array with one sample of all quantities
 */
export function largestDeviation(
  expected: Float64Array,
  samples: number,
  sample: (values: Float64Array) => void,
): number {
  const moments = new RunningMoments(expected.length);
  const values = new Float64Array(expected.length);
  for (let i = 0; i < samples; i++) {
    sample(values);
    values.forEach((value, j) => moments.add(j, value));
  }
  let largest = 0;
  expected.forEach((value, j) => {
    const difference = Math.abs(moments.mean(j) - value);
    largest = Math.max(largest, difference / (moments.standardError(j) + 1e-12));
  });
  return largest;
}

/** `largestDeviation` of E[Δw]/step and E[Δw Δwᵀ]/step², n + n² numbers, and E[e²]. */
export function updateDeviation(
  unit: RandomUnit,
  model: TheoryModel,
  expected: { readonly drift: Float64Array; readonly q: Float64Array; readonly mse: number },
  samples: number,
  random: Random,
) {
  const n = model.input.size;
  return largestDeviation(Float64Array.of(...expected.drift, ...expected.q, expected.mse), samples, (values) => {
    const x = unit.drawInput(random);
    const { error, factor } = simulatedUpdate(model, unit.weights, x, random.normal());
    for (let i = 0; i < n; i++) {
      values[i] = factor * x[i];
      for (let j = 0; j < n; j++) values[n + n * i + j] = factor ** 2 * x[i] * x[j];
    }
    values[n + n * n] = error ** 2;
  });
}
