import { z } from 'zod';
import { contenderSettings } from '../engine/engine-settings.js';
import { list } from '../shared-settings.js';

/** What `bench peers` is told, as the command line gives it: text. */
export const peersSettingsSchema = z.strictObject({
  architectures: list.prefault('vgg11,resnet20').describe('networks, separated by commas'),
  batch: z.coerce.number().int().min(1).default(64).describe('images a step'),
  ...contenderSettings,
  stepsPerRound: contenderSettings.stepsPerRound.prefault(5).describe(contenderSettings.stepsPerRound.description!),
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
});
export type PeersSettings = z.infer<typeof peersSettingsSchema>;
