import { z } from 'zod';
import { initializationsSchema } from '../model/initializations.js';
import { checkInitialization, checkUnit, unitOptionsShape } from '../model/unit-options.js';

const count = z.int().positive();

export const singleUnitOptionsSchema = z
  .strictObject({
    ...unitOptionsShape,
    initializations: initializationsSchema.describe('Where units start: one group of curves each'),
    trials: count.min(2).default(400).describe('Independent trials per initialization'),
    steps: count.default(20_000).describe('Updates per trial'),
    record: count
      .min(2)
      .default(60)
      .describe('Points per curve besides 0, evenly spaced on a logarithmic scale of updates'),
    method: z
      .enum(['auto', 'full', 'order-parameters'])
      .default('auto')
      .describe(
        'order-parameters: a small Markov chain of the same law, where there is one. full: all weights. auto: the first, if possible',
      ),
    tolerance: z
      .number()
      .positive()
      .optional()
      .describe(
        'Stop where the means of Pr[y>0], error and |w| have moved by no more than this share of themselves since half of the updates',
      ),
    deadBelow: z.number().positive().max(1).default(0.001).describe('ε: a unit with Pr[y>0] < ε counts as dead'),
    confidence: z.number().gt(0).lt(1).default(0.99).describe('Two-sided confidence of all bands'),
  })
  .superRefine((options, context) => {
    checkUnit(options, context);
    options.initializations.forEach((start, index) =>
      checkInitialization(start, options, context, ['initializations', index]),
    );
  });
export type SingleUnitOptions = z.output<typeof singleUnitOptionsSchema>;
