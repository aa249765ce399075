import { z } from 'zod';

/** Items separated by commas, as the command line gives them. */
export const list = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

/** Settings that every benchmark has. */
export const sharedSettings = {
  threads: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('threads of engines that can be told; all cores by default'),
  spinning: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('microseconds that threads of engines that can be told wait busily between operators'),
  width: z.coerce.number().positive().max(4).default(1).describe('factor on the channels of every network'),
  attempts: z.coerce
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('how often a network is measured at most while other programs disturb'),
  tolerance: z.coerce
    .number()
    .min(0)
    .default(0.05)
    .describe('share of the machine that other programs may use before a measurement counts as disturbed'),
};
