import { z } from 'zod';

const weightDecay = z.number().min(0).default(0).describe('L2 coefficient λ; 0 switches it off');
const decayOn = z
  .enum(['kernels', 'all'])
  .default('kernels')
  .describe('whether weight decay acts on kernels alone or on every trainable parameter (as PyTorch does)');
const momentum = z.number().min(0).lt(1).default(0.9).describe('momentum coefficient');
const epsilon = z.number().positive().default(1e-8).describe('added to the denominator');
const beta1 = z.number().min(0).lt(1).default(0.9).describe('decay of the first moment');
const beta2 = z.number().min(0).lt(1).default(0.999).describe('decay of the second moment');

/** Which optimizer, with its constants. The learning rate is not here: it comes from the schedule, step by step. */
export const optimizerSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sgd'), weightDecay, decayOn }),
  z.strictObject({ kind: z.literal('momentum'), momentum, weightDecay, decayOn }),
  z.strictObject({ kind: z.literal('nesterov'), momentum, weightDecay, decayOn }),
  z.strictObject({ kind: z.literal('adam'), beta1, beta2, epsilon, weightDecay, decayOn }),
  z.strictObject({ kind: z.literal('adamw'), beta1, beta2, epsilon, weightDecay, decayOn }),
  z.strictObject({
    kind: z.literal('rmsprop'),
    rho: z.number().min(0).lt(1).default(0.99).describe('decay of the mean square'),
    epsilon,
    weightDecay,
    decayOn,
  }),
]);

export type OptimizerSpec = z.infer<typeof optimizerSpecSchema>;
export type OptimizerKind = OptimizerSpec['kind'];
