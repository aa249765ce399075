import { z } from 'zod';
import { covarianceProblems, covarianceSchema } from './covariance.js';
import { initializationProblem, type InitializationOptions } from './initializations.js';
import { DISTRIBUTIONS } from './input-distribution.js';
import { teacherSchema } from './teacher.js';
import { RULE_KINDS } from './update-rule.js';

const count = z.int().positive();

/** Options of one unit, what it is taught and how: part of the options of everything that computes with a unit. */
export const unitOptionsShape = {
  inputs: count.default(8).describe('L, the number of inputs'),
  inputMean: z
    .union([z.number(), z.array(z.number())])
    .default(0)
    .describe('Mean of every input, or one mean per input'),
  covariance: covarianceSchema.prefault({ kind: 'white' }).describe('Covariance of the inputs'),
  distribution: z
    .enum(DISTRIBUTIONS)
    .default('normal')
    .describe(
      'normal, which the theory assumes. For the simulation alone, with the same mean and covariance: uniform, laplace, ' +
        'bernoulli (fair signs). patches: one of the vectors in patches, whose mean and covariance take the place of the others',
    ),
  patches: z
    .array(z.array(z.number()))
    .min(1)
    .optional()
    .describe(
      'For the distribution patches: vectors of one number per input, such as parts of images, each equally likely',
    ),
  bias: z.boolean().default(true).describe('Whether the unit has a trained bias'),
  rule: z
    .enum(RULE_KINDS)
    .default('backprop')
    .describe(
      'backprop: gated by the derivative. lms: without the derivative. surrogate: gated by leak below 0. ' +
        'leaky: leaky unit with its derivative',
    ),
  leak: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('Slope below 0 of the rule leaky, gate below 0 of surrogate; the other rules have none'),
  stepSize: z.number().positive().default(0.02).describe('μ, constant'),
  batchSize: count.default(1).describe('B, the number of samples whose gradients are averaged for one update'),
  momentum: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('β: updates are μ V with V ← β V + gradient, so that the effective step size is μ/(1 − β)'),
  weightDecay: z.number().nonnegative().default(0).describe('λ: −λ w is added to the gradient of w, not of the bias'),
  noise: z.number().nonnegative().default(0.1).describe('Standard deviation of the noise on the desired signal'),
  teacher: teacherSchema.prefault({}).describe('What the unit is to learn'),
};

export type UnitOptions = z.output<z.ZodObject<typeof unitOptionsShape>>;

/** Adds an issue for everything that fits together badly: dimensions, the covariance, the teacher's bias, patches. */
export function checkUnit(options: UnitOptions, context: z.RefinementCtx): void {
  const { inputs, inputMean, covariance, distribution, patches, teacher } = options;
  const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });

  if (typeof inputMean !== 'number' && inputMean.length !== inputs) {
    issue(['inputMean'], `It needs one mean for each of the ${inputs} inputs, not ${inputMean.length}.`);
  }
  for (const { path, message } of covarianceProblems(covariance, inputs)) issue(['covariance', ...path], message);
  if (Array.isArray(teacher.direction) && teacher.direction.length !== inputs) {
    issue(
      ['teacher', 'direction'],
      `It needs one number for each of the ${inputs} inputs, not ${teacher.direction.length}.`,
    );
  }
  if (!options.bias && teacher.bias) {
    issue(['teacher', 'bias'], 'A unit without a bias has a teacher without one: leave it out, or set "bias: true".');
  }
  if (distribution !== 'patches') {
    if (patches) issue(['patches'], 'They are used by the distribution patches alone.');
    return;
  }
  if (!patches) issue(['patches'], 'The distribution patches needs them: a list of vectors.');
  if (covariance.kind === 'ar1' && covariance.shifted) {
    issue(['covariance', 'shifted'], 'Patches are drawn independently: a shifted covariance has no effect on them.');
  }
  patches?.forEach((patch, i) => {
    if (patch.length !== inputs) {
      issue(['patches', i], `It needs one number for each of the ${inputs} inputs, not ${patch.length}.`);
    }
  });
}

/** A unit alone. Schemas with further options spread the shape and add `checkUnit` to their own refinement. */
export const unitOptionsSchema = z.strictObject(unitOptionsShape).superRefine(checkUnit);

/** Adds an issue at `path` where a unit of these options can't start so. */
export function checkInitialization(
  start: InitializationOptions,
  { inputs, bias }: UnitOptions,
  context: z.RefinementCtx,
  path: (string | number)[],
): void {
  const message = initializationProblem(start, { inputs, hasBias: bias });
  if (message) context.addIssue({ code: 'custom', path, message });
}
