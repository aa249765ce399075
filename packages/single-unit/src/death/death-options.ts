import { z } from 'zod';
import { initializationsSchema } from '../model/initializations.js';
import { checkInitialization, checkUnit, unitOptionsShape, type UnitOptions } from '../model/unit-options.js';

const count = z.int().positive();
const { inputs: _inputs, stepSize: _stepSize, noise: _noise, ...shape } = unitOptionsShape;

const isUnique = (list: readonly unknown[]) => new Set(list).size === list.length;

export const deathOptionsSchema = z
  .strictObject({
    ...shape,
    inputCounts: z.array(count).min(1).refine(isUnique, 'Each once.').default([4, 8]).describe('L: numbers of inputs'),
    stepSizes: z
      .array(z.number().positive())
      .min(1)
      .refine(isUnique, 'Each once.')
      .default([0.02, 0.05, 0.1, 0.2])
      .describe('μ'),
    noises: z
      .array(z.number().nonnegative())
      .min(1)
      .refine(isUnique, 'Each once.')
      .default([0.1, 1])
      .describe('Standard deviations of the noise on the desired signal'),
    initializations: initializationsSchema.describe('Where units start, side by side'),
    horizon: z
      .number()
      .positive()
      .default(100)
      .describe('μK at which units are looked at: each step size takes as many updates as it needs'),
    steps: count.optional().describe('K: the number of updates, in place of horizon, whatever the step size'),
    deadBelow: z.number().positive().max(1).default(0.01).describe('ε: a unit with Pr[y>0] < ε counts as dead'),
    trials: count.min(2).default(500).describe('Independent trials of each combination'),
    confidence: z.number().gt(0).lt(1).default(0.95).describe('Two-sided confidence of all intervals (Wilson)'),
  })
  .superRefine((options, context) => {
    for (const inputs of options.inputCounts) {
      const unit = unitOf(options, { inputs, stepSize: options.stepSizes[0], noise: options.noises[0] });
      checkUnit(unit, context);
      options.initializations.forEach((start, index) => {
        checkInitialization(start, unit, context, ['initializations', index]);
      });
    }
  });
export type DeathOptions = z.output<typeof deathOptionsSchema>;

/** One combination's unit. */
export function unitOf(
  options: Omit<UnitOptions, 'inputs' | 'stepSize' | 'noise'>,
  combination: Pick<UnitOptions, 'inputs' | 'stepSize' | 'noise'>,
): UnitOptions {
  return { ...options, ...combination };
}
