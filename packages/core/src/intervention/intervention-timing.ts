import { z } from 'zod';

const KINDS = ['everyEpochs', 'everySteps', 'atEpochs'] as const;

/** When an intervention is applied: `when` in the experiment file. */
export const interventionTimingSchema = z
  .strictObject({
    everyEpochs: z.int().min(1).optional().describe('epochs from one application to the next'),
    everySteps: z.int().min(1).optional().describe('steps from one application to the next'),
    atEpochs: z
      .array(z.int().min(0))
      .min(1)
      .optional()
      .describe('after which epochs; 0 is the initialised network, before the first step'),
    until: z.number().min(0).optional().describe('epochs completed after which it is applied no more'),
  })
  .superRefine((timing, context) => {
    const given = KINDS.filter((kind) => timing[kind] !== undefined);
    if (given.length === 1) return;
    context.addIssue({ code: 'custom', message: `give one of ${KINDS.join(', ')}` });
  });
export type InterventionTiming = z.infer<typeof interventionTimingSchema>;

export const DEFAULT_TIMING = { everyEpochs: 1 } as const satisfies InterventionTiming;

/** A place between two steps. */
export interface TrainingPlace {
  readonly step: number;
  /** Epochs completed; fractional inside an epoch. */
  readonly epoch: number;
}

/**
 * Whether an intervention is due there. Never at the end of training, as nothing would be trained after it, and before the first
 * step only where `atEpochs` names 0.
 * @param epochs how many epochs are trained in all
 */
export function isInterventionDue(timing: InterventionTiming, { step, epoch }: TrainingPlace, epochs: number): boolean {
  if (epoch >= epochs || epoch > (timing.until ?? Infinity)) return false;
  if (timing.atEpochs) return timing.atEpochs.includes(epoch);
  if (step === 0) return false;
  if (timing.everySteps !== undefined) return step % timing.everySteps === 0;
  return Number.isInteger(epoch) && epoch % timing.everyEpochs! === 0;
}
