import { z } from 'zod';

const warmupEpochs = z
  .number()
  .min(0)
  .default(0)
  .describe('epochs (fractions allowed) over which the rate rises linearly to the base rate; 0 for no warm-up');
const warmupFrom = z.number().min(0).max(1).default(0.1).describe('share of the base rate at which the warm-up starts');

const constantSpecSchema = z.strictObject({ kind: z.literal('constant'), warmupEpochs, warmupFrom });

const stepSpecSchema = z
  .strictObject({
    kind: z.literal('step'),
    milestones: z
      .array(z.number().positive())
      .min(1)
      .describe('epochs, ascending and counted from the start of training, at which the rate is multiplied by gamma'),
    gamma: z.number().positive().max(1).default(0.1).describe('factor applied at each milestone'),
    warmupEpochs,
    warmupFrom,
  })
  .refine(({ milestones }) => milestones.every((epoch, i) => i === 0 || epoch > milestones[i - 1]), {
    path: ['milestones'],
    message: 'milestones must ascend, e.g. [80, 120]',
  })
  .refine(({ milestones, warmupEpochs }) => milestones.every((epoch) => epoch >= warmupEpochs), {
    path: ['milestones'],
    message: 'the first milestone must not lie inside the warm-up',
  });

const cosineSpecSchema = z.strictObject({
  kind: z.literal('cosine'),
  floor: z.number().min(0).max(1).default(0).describe('share of the base rate that is reached when training ends'),
  warmupEpochs,
  warmupFrom,
});

/** How the learning rate changes over training. The base rate and the number of epochs are given beside it. */
export const scheduleSpecSchema = z.discriminatedUnion('kind', [constantSpecSchema, stepSpecSchema, cosineSpecSchema]);

export type ScheduleSpec = z.infer<typeof scheduleSpecSchema>;
