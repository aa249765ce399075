import { numberAlgebra, updateRule, type OptimizerSpec } from '@reluctant/core';
import type { Observation } from './fit-options.js';

/** Whether what an optimizer does follows from the sum of the gradients: others scale each by those before. */
export function sumsGradients({ kind }: OptimizerSpec): boolean {
  return kind === 'sgd' || kind === 'momentum' || kind === 'nesterov';
}

/**
 * How far a unit's bias (or the β of its batch norm) has moved at every observation since the first, by the recorded sums of its
 * gradients: Δb = −μ Σ ∂L/∂b for plain descent. With momentum a gradient goes on acting after its window; within one, gradients are
 * taken to be equal, and learning rates too. Weight decay is left out, as it needs b itself.
 *
 * @param optimizer one that `sumsGradients`
 * @returns NaN where the record holds no gradients up to the observation
 */
export function shiftMotion(observations: readonly Observation[], optimizer: OptimizerSpec): readonly number[] {
  const rule = updateRule(optimizer);
  let shift: { weight: number; slots: Record<string, number> } = {
    weight: 0,
    slots: Object.fromEntries(rule.slots.map((slot) => [slot, 0])),
  };
  let reached = observations[0].step;
  return observations.map(({ step, gradient }, at) => {
    if (at === 0) return 0;
    if (!gradient) return NaN;
    const each = gradient.sum / (step - reached);
    for (; reached < step; reached++) {
      const scalars = rule.scalars(gradient.learningRate, reached);
      shift = rule.update(numberAlgebra, { ...shift, gradient: each, scalars, decay: 0 });
    }
    return shift.weight;
  });
}
