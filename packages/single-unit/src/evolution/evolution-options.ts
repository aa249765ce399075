import { z } from 'zod';
import { initializationSchema } from '../model/initializations.js';
import { checkInitialization, checkUnit, unitOptionsShape } from '../model/unit-options.js';

const count = z.int().positive();

/** The closures by the names that results have them under. */
export const CLOSURE_NAMES = ['C0', 'C1', 'C2'] as const;

export const evolutionOptionsSchema = z
  .strictObject({
    ...unitOptionsShape,
    start: initializationSchema
      .prefault({ kind: 'fixed' })
      .describe('Weights that every trial starts from: of kind fixed or weights, since theory starts at a point'),
    closures: z
      .array(z.enum(CLOSURE_NAMES))
      .default([...CLOSURE_NAMES])
      .describe('What theory keeps of the law of the weights. C0: their mean. C1: linear noise. C2: Gaussian cubature'),
    trials: count.min(2).default(2000).describe('Independent trials of the simulation'),
    steps: count.default(2000).describe('Updates per trial'),
    record: count.min(2).default(40).describe('Points per curve besides 0, evenly spaced on a logarithmic scale'),
    deadBelow: z.number().positive().max(1).default(0.01).describe('ε: a unit with Pr[y>0] < ε counts as dead'),
    confidence: z.number().gt(0).lt(1).default(0.99).describe('Two-sided confidence of all bands'),
  })
  .superRefine((options, context) => {
    checkUnit(options, context);
    checkInitialization(options.start, options, context, ['start']);
    if (options.start.kind === 'fixed' || options.start.kind === 'weights') return;
    const message = `Theory starts from given weights: take the kind fixed or weights, not ${options.start.kind}.`;
    context.addIssue({ code: 'custom', path: ['start', 'kind'], message });
  });
export type EvolutionOptions = z.output<typeof evolutionOptionsSchema>;
