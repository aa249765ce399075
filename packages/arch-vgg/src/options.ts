import { z } from 'zod';
import { VGG_LAYOUTS } from './layouts.js';

const item = z.union([z.int().min(1).max(4096), z.literal('M')]);

export const vggOptionsSchema = z.strictObject({
  layout: z
    .union(
      [
        z.enum(Object.keys(VGG_LAYOUTS) as (keyof typeof VGG_LAYOUTS)[]),
        z
          .array(item)
          .refine((items) => items.some((each) => each !== 'M'), 'needs at least one convolution, e.g. [64, "M"]'),
      ],
      {
        error: `give ${Object.keys(VGG_LAYOUTS).join(', ')}, or a list of channels (1 to 4096) and "M" such as [64, "M"]`,
      },
    )
    .default('vgg16')
    .describe('vgg11, vgg13, vgg16, vgg19, or a list of channels (3×3 convolutions) and "M" (2×2 max pooling)'),
  width: z
    .number()
    .positive()
    .max(64)
    .default(1)
    .describe('factor on the channels of every convolution, rounded, at least one channel'),
  batchNorm: z.boolean().default(true).describe('batch normalisation between each convolution and its ReLU'),
  head: z
    .array(z.int().min(1).max(65_536))
    .default([])
    .describe('widths of hidden dense layers before the classifier; the first VGGs had [4096, 4096]'),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('rate after each hidden dense layer, or before the classifier where there is none'),
});

export type VggOptions = z.infer<typeof vggOptionsSchema>;
