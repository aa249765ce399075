import { z } from 'zod';
import { list, sharedSettings } from '../shared-settings.js';

const { threads, spinning, width } = sharedSettings;

/** What `bench soak` is told, as the command line gives it: text. */
export const soakSettingsSchema = z.strictObject({
  architectures: list.prefault('vgg11,resnet20').describe('networks, separated by commas: vgg11, resnet20, …'),
  batch: z.coerce.number().int().min(1).default(64).describe('images a step'),
  steps: z.coerce.number().int().min(1).default(3000).describe('measured steps of each network, after the warm-up'),
  sample: z.coerce.number().int().min(1).default(100).describe('steps from one reading of the memory to the next'),
  threads,
  spinning,
  width,
});
export type SoakSettings = z.infer<typeof soakSettingsSchema>;
