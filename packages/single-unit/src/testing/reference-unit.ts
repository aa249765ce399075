import { inputCount, type UnitModel } from '../model/unit-model.js';

/**
 * A unit as its definition reads, for tests: what the kernel computes fast.
 *
 * @param state w with the bias last; changed in place
 * @param velocity of momentum, likewise
 * @param inputs of one batch, without the bias
 * @param noise returns the next noise variate, of variance 1
 */
export function updateUnit(
  model: UnitModel,
  state: Float64Array,
  velocity: Float64Array,
  inputs: readonly Float64Array[],
  noise: () => number,
): void {
  const { rule, teacher, batchSize, momentum, stepSize, weightDecay, hasBias } = model;
  const count = inputCount(model);
  const gradient = new Float64Array(state.length);
  for (const input of inputs) {
    const x = hasBias ? Float64Array.of(...input, 1) : input;
    const s = x.reduce((sum, value, i) => sum + value * state[i], 0);
    const t = x.reduce((sum, value, i) => sum + value * teacher.weights[i], 0);
    const output = s > 0 ? s : rule.kind === 'leaky' ? rule.leak * s : 0;
    // Without a teacher the error is noise alone.
    const desired = { relu: Math.max(t, 0), linear: t, zero: 0, none: output }[teacher.kind];
    const gate = s > 0 ? 1 : { backprop: 0, lms: 1, surrogate: rule.leak, leaky: rule.leak }[rule.kind];
    if (gate === 0) continue;
    const error = desired - output + (model.noise > 0 ? model.noise * noise() : 0);
    x.forEach((value, i) => (gradient[i] += (error * gate * value) / batchSize));
  }
  state.forEach((weight, i) => {
    const decay = i < count ? weightDecay * weight : 0;
    velocity[i] = momentum * velocity[i] + gradient[i] - decay;
  });
  velocity.forEach((speed, i) => (state[i] += stepSize * speed));
}
