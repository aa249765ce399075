import { z } from 'zod';
import { initializationName, initializationProblem, initializationSchema } from '../model/initializations.js';
import { TEACHER_DIRECTIONS, TEACHER_KINDS } from './teacher.js';
import { RULE_KINDS } from './update-rules.js';

const count = z.int().positive();

const teacherSchema = z.strictObject({
  kind: z.enum(TEACHER_KINDS).default('relu').describe('relu: max(t, 0). linear: t. zero: no signal, only noise'),
  norm: z.number().positive().default(1).describe("Length of the teacher's weight vector"),
  direction: z
    .enum(TEACHER_DIRECTIONS)
    .default('axis')
    .describe('axis: first input alone. alternating: (1, -1, 1, …), blind to the mean of an even number of inputs'),
  bias: z
    .number()
    .default(-1)
    .describe("The teacher's bias. With white inputs and norm 1 its Pr[t>0] is Φ(bias): 0.16 at -1"),
});

export const singleUnitOptionsSchema = z
  .strictObject({
    inputs: count.default(8).describe('L, the number of inputs: independent, normal, of variance 1'),
    inputMean: z.number().default(0).describe('Mean of every input'),
    bias: z.boolean().default(true).describe('Whether the unit has a trained bias'),
    rule: z
      .enum(RULE_KINDS)
      .default('backprop')
      .describe(
        'backprop: gated by the derivative. lms: without the derivative. leaky: leaky unit with its derivative',
      ),
    leak: z.number().min(0).max(1).default(0.01).describe('Slope below 0 of the rule leaky; the other rules have none'),
    stepSize: z.number().positive().default(0.02).describe('μ, constant'),
    noise: z.number().nonnegative().default(0.1).describe('Standard deviation of the noise on the desired signal'),
    teacher: teacherSchema.prefault({}).describe('What the unit is to learn'),
    initializations: z
      .array(initializationSchema)
      .min(1)
      .refine((list) => new Set(list.map(initializationName)).size === list.length, 'Every initialization once.')
      .default([
        { kind: 'he' },
        { kind: 'xavier' },
        { kind: 'lecun' },
        { kind: 'gaussian', deviation: 0.01 },
        { kind: 'positive-bias', bias: 1 },
        { kind: 'randomized-asymmetric' },
      ])
      .describe('Where units start: one group of curves each'),
    trials: count.min(2).default(400).describe('Independent trials per initialization'),
    steps: count.default(20_000).describe('Updates per trial'),
    record: count
      .min(2)
      .default(60)
      .describe('Points per curve besides 0, evenly spaced on a logarithmic scale of updates'),
    deadBelow: z.number().positive().max(1).default(0.001).describe('ε: a unit with Pr[y>0] < ε counts as dead'),
    confidence: z.number().gt(0).lt(1).default(0.99).describe('Two-sided confidence of all bands'),
  })
  .superRefine(({ initializations, inputs, bias }, context) => {
    initializations.forEach((start, index) => {
      const message = initializationProblem(start, { inputs, hasBias: bias });
      if (message) context.addIssue({ code: 'custom', path: ['initializations', index], message });
    });
  });
export type SingleUnitOptions = z.output<typeof singleUnitOptionsSchema>;
