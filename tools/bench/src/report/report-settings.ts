import { z } from 'zod';

const count = z.coerce.number().int().min(1);

/** What `bench report` is told, as the command line gives it: text. */
export const reportSettingsSchema = z.strictObject({
  sites: count.default(100).describe('ReLU layers of the recorded network'),
  units: count.default(100).describe('units of each'),
  epochs: count.default(200).describe('epochs that are recorded'),
  steps: count.default(390).describe('training steps of an epoch'),
});
export type ReportSettings = z.infer<typeof reportSettingsSchema>;
