import { z } from 'zod';

/** Options that all data sets share; spread into the schema of each. */
export const imageOptions = {
  trainSize: z
    .int()
    .positive()
    .optional()
    .describe(
      'number of training images to keep, every class in its share, chosen by the seed of the run; all by default',
    ),
  testSize: z
    .int()
    .positive()
    .optional()
    .describe('number of test images to keep, every class in its share, chosen by the seed of the run; all by default'),
  normalization: z
    .strictObject({
      mean: z.array(z.number()).describe('per channel, of pixel values in [0, 1]'),
      std: z.array(z.number().positive()).describe('per channel, of pixel values in [0, 1]'),
    })
    .optional()
    .describe('inputs are (x/255 − mean) / std; measured on the training images by default'),
  augment: z
    .strictObject({
      crop: z.int().min(0).default(0).describe('pixels of zero padding on every side before a random crop; 0 for none'),
      flip: z.boolean().default(false).describe('whether every training image is mirrored with probability 1/2'),
    })
    .optional()
    .describe('random changes to the training images; none by default'),
  probe: z
    .strictObject({
      split: z.enum(['test', 'train']).default('test').describe('where the probe images are taken from'),
      size: z.int().positive().optional().describe('how many, every class in its share; all by default'),
    })
    .default({ split: 'test' })
    .describe('the fixed images on which units are measured, never augmented'),
};

export type ImageOptions = z.infer<z.ZodObject<typeof imageOptions>>;
