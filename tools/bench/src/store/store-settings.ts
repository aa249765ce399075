import { z } from 'zod';
import { sharedSettings } from '../shared-settings.js';

const count = z.coerce.number().int().min(1);

/** What `bench store` is told, as the command line gives it: text. */
export const storeSettingsSchema = z.strictObject({
  sites: count.default(100).describe('ReLU layers of the recorded network'),
  units: count.default(64).describe('units of each'),
  epochs: count.default(200).describe('epochs that are recorded'),
  steps: count.default(390).describe('training steps of an epoch'),
  rounds: count.default(5).describe('timed rounds'),
  warmup: z.coerce.number().int().min(0).default(1).describe('rounds before those'),
  tolerance: sharedSettings.tolerance,
});
export type StoreSettings = z.infer<typeof storeSettingsSchema>;
