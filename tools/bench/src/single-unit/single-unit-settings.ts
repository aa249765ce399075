import { z } from 'zod';
import { sharedSettings } from '../shared-settings.js';

const count = z.coerce.number().int();

export const singleUnitSettingsSchema = z.object({
  inputs: count.min(2).default(16).describe('L, the number of inputs'),
  manyInputs: count
    .min(2)
    .default(1024)
    .describe('another number of inputs, for order parameters alone: their cost should not grow'),
  trials: count.min(2).default(20_000).describe('units that are trained'),
  updates: count.min(1).default(2000).describe('updates of each unit'),
  unbiased: z
    .boolean()
    .default(false)
    .describe('units and teacher without a bias: they are active on half of all inputs throughout'),
  rounds: count.min(1).default(5).describe('timed rounds'),
  warmup: count.min(0).default(1).describe('rounds before those; NumPy makes but a few updates in them'),
  threads: sharedSettings.threads.describe('threads of our side where it uses several; all cores by default'),
  attempts: sharedSettings.attempts
    .default(1)
    .describe('how often all is measured at most while other programs disturb'),
  tolerance: sharedSettings.tolerance,
  python: z.string().min(1).default('/usr/bin/python3').describe('the Python that has NumPy'),
});
export type SingleUnitSettings = z.infer<typeof singleUnitSettingsSchema>;
