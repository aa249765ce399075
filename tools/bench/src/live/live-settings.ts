import { z } from 'zod';

const count = z.coerce.number().int().min(1);

/** What `bench live` is told, as the command line gives it: text. */
export const liveSettingsSchema = z.strictObject({
  runs: count.default(20).describe('recorded runs'),
  sites: count.default(100).describe('ReLU layers of each'),
  units: count.default(64).describe('units of a layer'),
  epochs: count.default(200).describe('recorded epochs'),
  steps: count.default(100).describe('training steps of an epoch'),
  rounds: count.default(10).describe('how often each answer is asked for, each time of another run'),
  rate: count.default(100).describe('training steps a second of the run that is watched'),
  seconds: count.default(15).describe('how long it is watched'),
});
export type LiveSettings = z.infer<typeof liveSettingsSchema>;
