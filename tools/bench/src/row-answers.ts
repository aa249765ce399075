import { z } from 'zod';

/** What processes that train one network each answer, ours and PyTorch's alike. */
export const stepsSchema = z.object({ steps: z.array(z.object({ wall: z.number(), cpu: z.number() })).min(1) });

export const evaluationSchema = z.object({ batches: z.array(z.record(z.string(), z.array(z.number()))) });

/** Of every ReLU the elements of each unit above zero, in one batch. */
export type FiredBatch = Readonly<Record<string, readonly number[]>>;
