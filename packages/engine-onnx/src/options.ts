import { availableParallelism } from 'node:os';
import { z } from 'zod';

export const onnxOptionsSchema = z.strictObject({
  threads: z
    .number()
    .int()
    .min(1)
    .default(() => availableParallelism())
    .describe('threads that compute one operator; by default one for every available core'),
  spinning: z
    .boolean()
    .default(false)
    .describe(
      'threads wait busily between operators: a few ms a step faster on an idle machine, much slower on a shared one',
    ),
  provider: z.enum(['cpu']).default('cpu').describe('execution provider of ONNX Runtime'),
});

export type OnnxOptions = z.infer<typeof onnxOptionsSchema>;
