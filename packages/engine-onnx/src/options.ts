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
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(50)
    .describe(
      'microseconds that threads wait busily for the next operator before they sleep; 0: not at all. Longer waits gain ' +
        'nothing and take cores from other programs',
    ),
  worker: z
    .boolean()
    .default(true)
    .describe('compute on a thread of its own, so that progress, signals and the live page are served meanwhile'),
  provider: z
    .enum(['cpu', 'cuda', 'webgpu'])
    .default('cpu')
    .describe('execution provider of ONNX Runtime; all but cpu need more than npm installs'),
  runtime: z
    .enum(['auto', 'native', 'stock'])
    .default('auto')
    .describe(
      'how ONNX Runtime is called: native works on the state in place (cpu only), stock copies it every step; ' +
        'auto is native where that works',
    ),
  strategies: z
    .enum(['auto', 'plain'])
    .default('auto')
    .describe(
      'how operations are computed: auto takes the fast ways where the processor has them, plain the general ones',
    ),
  tune: z
    .boolean()
    .default(false)
    .describe(
      "measure which strategies of the network's convolutions are fastest on this machine before the first step, and remember that",
    ),
});

export type OnnxOptions = z.infer<typeof onnxOptionsSchema>;
