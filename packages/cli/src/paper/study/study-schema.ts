import { z } from 'zod';

const value = z.json();
const label = z.string().min(1).describe('what tables and charts call it');
const seeds = z
  .array(z.int().min(0))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'Each once.')
  .describe('a run for each; by default those of the study');
const set = z
  .record(z.string(), value)
  .default({})
  .describe('settings that differ from the experiment of the study, by their dotted path: `architecture.width: 0.25`');
const arm = z.strictObject({ label, set, seeds: seeds.optional() });

/** A study: which experiments are run to judge the findings, as plain data. */
export const studySchema = z.strictObject({
  name: z.string().regex(/^[\w-]+$/, 'Take letters, digits, - and _: the report is named after it.'),
  description: z.string().default(''),
  plugins: z.array(z.string()).default([]).describe('modules with further plugins, relative to this file'),
  seeds,
  convergence: z
    .strictObject({
      epochs: z.int().min(1).default(5).describe('the last epochs that are looked at'),
      activation: z.number().positive().default(0.03).describe("largest range of a site's mean of Pr[y>0] in them"),
      loss: z
        .number()
        .positive()
        .default(0.05)
        .describe('largest range of the training loss, by that of the first epoch'),
    })
    .prefault({})
    .describe('when a run counts as converged'),
  experiment: z
    .record(z.string(), value)
    .describe('what all trained networks have in common, as in an experiment file'),
  networks: z.array(arm).default([]).describe('in which Pr[y>0] is followed from input to output (F1, F2)'),
  skips: z
    .array(arm.safeExtend({ without: set.describe('what takes the skip connections away') }))
    .default([])
    .describe('the same network with and without its skip connections (F3)'),
  initializers: z
    .array(arm.safeExtend({ of: z.array(value).min(2).describe('initializers, as in an experiment file') }))
    .default([])
    .describe('one network from several initializers (F4)'),
  factors: z
    .array(
      arm.safeExtend({
        path: z.string().min(1).describe('the setting that is varied, by its dotted path'),
        values: z.array(value).min(2),
      }),
    )
    .default([])
    .describe('one network with several values of one setting'),
  rates: simulation('rates').describe('options of `single-unit rates` (F5)'),
  death: simulation('death').describe('options of `single-unit death` (F6)'),
});

export type Study = z.output<typeof studySchema>;
export type StudyArm = z.output<typeof arm>;

function simulation(question: 'rates' | 'death') {
  return z
    .record(z.string(), value)
    .transform((options) => ({ ...options, kind: `single-unit-${question}` }))
    .optional();
}
