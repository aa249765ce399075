import { z } from 'zod';

const CIFAR_DEPTHS = 'depth must be 6n + 2, e.g. 20, 32, 44, 56 or 110';

export const resnetOptionsSchema = z
  .strictObject({
    variant: z
      .enum(['cifar', 'resnet18', 'resnet34'])
      .default('cifar')
      .describe(
        'cifar: three stages of any depth 6n + 2; resnet18 and resnet34: four stages after a 3×3 stem of stride 1',
      ),
    depth: z
      .int()
      .min(8)
      .max(1202)
      .refine((depth) => depth % 6 === 2, CIFAR_DEPTHS)
      .optional()
      .describe('weight layers of the cifar variant, 6n + 2; 20 where not given'),
    width: z
      .int()
      .min(1)
      .max(1024)
      .optional()
      .describe(
        'channels of the stem and the first stage, doubled at every later stage; 16, or 64 for resnet18 and resnet34',
      ),
    shortcut: z
      .enum(['identity', 'projection'])
      .optional()
      .describe(
        'where a block changes shape: identity (subsampled and padded with zero channels, option A) or projection (1×1 ' +
          'convolution, option B); identity for cifar, projection for resnet18 and resnet34 where not given',
      ),
    skips: z
      .boolean()
      .default(true)
      .describe('false leaves out the additions and shortcuts and nothing else: a plain network'),
    batchNorm: z
      .boolean()
      .default(true)
      .describe('batch normalisation after each convolution; without it the convolutions have biases'),
  })
  .refine(({ variant, depth }) => variant === 'cifar' || depth === undefined, {
    path: ['depth'],
    message: 'resnet18 and resnet34 have a fixed depth; leave depth out or set variant: cifar',
  });

export type ResnetOptions = z.infer<typeof resnetOptionsSchema>;
