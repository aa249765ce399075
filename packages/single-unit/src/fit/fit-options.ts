import { optimizerSpecSchema } from '@reluctant/core';
import { z } from 'zod';

const finite = z.number();

const observationSchema = z.strictObject({
  step: z.int().nonnegative().describe('Optimizer steps taken'),
  epoch: finite.nonnegative().describe('Epochs completed'),
  images: z.int().positive().describe('Images behind the numbers'),
  probability: finite.min(0).max(1).describe('Share of its outputs that are greater than 0'),
  preactivation: z
    .strictObject({ mean: finite, deviation: finite.nonnegative() })
    .optional()
    .describe('Mean and standard deviation of w·x + b'),
  activation: z
    .strictObject({ mean: finite.nonnegative(), meanSquare: finite.nonnegative() })
    .optional()
    .describe('Mean and mean square of y = max(w·x + b, 0)'),
  gradient: z
    .strictObject({
      sum: finite.describe('Of the gradients of the bias, which are Σ ∂L/∂(w·x + b) over a batch'),
      learningRate: finite.nonnegative().describe('Mean learning rate'),
    })
    .optional()
    .describe('Of all updates since the last observation that has this, or since the first of all'),
});

/** What was recorded of one unit of a trained network at one time. */
export type Observation = z.output<typeof observationSchema>;

export const fitOptionsSchema = z
  .strictObject({
    run: z.string().default('').describe('Id of the run that the unit is from'),
    site: z.string().default('').describe('Its ReLU site'),
    unit: z.int().nonnegative().default(0).describe('Its number in the site, from 0'),
    learningRate: finite
      .positive()
      .optional()
      .describe('Mean learning rate of the run, to compare the fitted rate with'),
    shift: z
      .enum(['bias', 'batch-norm'])
      .optional()
      .describe(
        "What is added to all of the unit's pre-activations and moved by their gradients: its bias, or the β of a batch norm",
      ),
    optimizer: optimizerSpecSchema.optional().describe('What moves it'),
    observations: z.array(observationSchema).min(2).describe('What was recorded of the unit, in order of the steps'),
    confidence: finite.gt(0).lt(1).default(0.99).describe('Two-sided confidence of all intervals'),
  })
  .superRefine(({ observations }, context) => {
    observations.forEach(({ step }, index) => {
      if (index === 0 || step > observations[index - 1].step) return;
      const message = `Observations are in order of their steps; ${step} comes after ${observations[index - 1].step}.`;
      context.addIssue({ code: 'custom', path: ['observations', index, 'step'], message });
    });
  });
export type FitOptions = z.output<typeof fitOptionsSchema>;
