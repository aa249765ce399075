import { z } from 'zod';
import { unitOptionsShape } from '../model/unit-options.js';
import { optimumProblem } from '../theory/optimum.js';

const { inputs, stepSize, leak } = unitOptionsShape;
const finite = z.number();

export const ratesOptionsSchema = z
  .strictObject({
    probabilities: z
      .array(finite.gt(0).lt(1))
      .min(2)
      .refine((list) => new Set(list).size === list.length, 'Each once.')
      .default([0.5, 0.3, 0.2, 0.1, 0.05, 0.02])
      .describe("Pr[y>0] of the optimum: the teacher's, with white inputs, weights of norm 1 and a bias of Φ⁻¹ of it"),
    teacher: z
      .enum(['relu', 'linear'], 'Take relu or linear: where there is no signal there is no optimum to converge to.')
      .default('relu')
      .describe("The teacher's response"),
    rule: z
      .enum(['backprop', 'lms', 'surrogate'])
      .default('backprop')
      .describe('All have the same rates near the optimum; a leaky unit has no such optimum'),
    leak,
    inputs,
    stepSize,
    start: z
      .strictObject({
        norm: finite.nonnegative().default(1).describe('|w|'),
        overlap: finite.min(-1).max(1).default(0.5).describe("Cosine of the angle between w and the teacher's weights"),
        bias: finite.default(0).describe('Initial bias'),
      })
      .prefault({})
      .describe('Where the measured courses start: far away, so that what they show near the optimum is its own'),
    trials: z
      .int()
      .nonnegative()
      .default(64)
      .describe('Trials of the noise-free simulation for each probability, in eight batches; 0: none'),
    confidence: finite.gt(0).lt(1).default(0.99).describe('Two-sided confidence of all intervals'),
  })
  .superRefine(({ trials, inputs, start, teacher, rule, leak }, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (trials > 0 && trials < 2 * BATCHES) issue(['trials'], `Take 0, or at least ${2 * BATCHES}: two in each batch.`);
    const problem = optimumProblem({ teacher: { kind: teacher }, rule: { kind: rule, leak } });
    if (problem) issue(['rule'], problem);
    if (inputs === 1 && Math.abs(start.overlap) < 1) {
      issue(['start', 'overlap'], 'With a single input its overlap is 1 or -1.');
    }
  });
export type RatesOptions = z.output<typeof ratesOptionsSchema>;

/** Groups of trials whose spread tells how exact their mean is. */
export const BATCHES = 8;
