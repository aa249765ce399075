import { z } from 'zod';
import { MEMORY_LAYOUTS } from '../engine/engine-settings.js';
import { list, sharedSettings } from '../shared-settings.js';

/** What `bench peers` is told, as the command line gives it: text. */
export const peersSettingsSchema = z.strictObject({
  architectures: list.prefault('vgg11,resnet20').describe('networks, separated by commas'),
  batch: z.coerce.number().int().min(1).default(64).describe('images a step'),
  layouts: list
    .prefault('default,channels-last')
    .pipe(z.array(z.enum(MEMORY_LAYOUTS)))
    .describe(`memory layouts of PyTorch, separated by commas: ${MEMORY_LAYOUTS.join(', ')}`),
  rounds: z.coerce.number().int().min(1).default(20).describe('timed blocks of steps of each row'),
  warmup: z.coerce.number().int().min(0).default(2).describe('blocks of each row before those'),
  stepsPerRound: z.coerce
    .number()
    .int()
    .min(1)
    .default(5)
    .describe('steps of a block; the first is not timed where there are more'),
  pause: z.coerce.number().min(0).default(20).describe('milliseconds of rest before each block'),
  comparedAfter: list
    .prefault('5,50')
    .pipe(z.array(z.coerce.number<string>().int().min(1)))
    .transform((steps) => steps.sort((a, b) => a - b))
    .describe('training steps after which Pr[y>0] is compared, several numbers separated by commas'),
  seeds: z.coerce
    .number()
    .int()
    .min(2)
    .default(5)
    .describe('how many draws of the first weights Pr[y>0] is compared over'),
  images: z.coerce.number().int().min(2).default(1000).describe('test images on which Pr[y>0] is measured'),
  ...sharedSettings,
  python: z.string().min(1).default('/usr/bin/python3').describe('the Python that has PyTorch'),
  requirePytorch: z.boolean().default(false).describe('fail where PyTorch is missing, instead of going on without it'),
});
export type PeersSettings = z.infer<typeof peersSettingsSchema>;
