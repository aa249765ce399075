import type { Tap } from '@reluctant/core';
import { z } from 'zod';

/** What the process of a row of ours is told, a line of JSON each. */
export const ourRequestSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('open'),
    architecture: z.string(),
    width: z.number(),
    taps: z.custom<readonly Tap[]>(Array.isArray),
    batch: z.number().int(),
    /** Of the first weights. */
    seed: z.number().int(),
    imagesFile: z.string(),
    labelsFile: z.string(),
    threads: z.number().int().optional(),
    spinning: z.number().int().optional(),
  }),
  z.object({ do: z.literal('step'), steps: z.number().int() }),
  z.object({ do: z.literal('evaluate'), imagesFile: z.string() }),
]);
export type OurRequest = z.infer<typeof ourRequestSchema>;
export type OurOpening = Extract<OurRequest, { do: 'open' }>;
