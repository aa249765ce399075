import { z } from 'zod';
import { list, sharedSettings } from '../shared-settings.js';

/** What `bench step` is told, as the command line gives it: text. */
export const stepSettingsSchema = z.strictObject({
  architectures: list.prefault('vgg11,resnet20').describe('networks, separated by commas: vgg11, resnet20, …'),
  engines: list.prefault('onnx').describe('engines, separated by commas: onnx, tensorflow, cpu'),
  batch: z.coerce.number().int().min(1).default(64).describe('images a step'),
  watching: list
    .prefault('usual,everything,all-probes')
    .describe('by what, besides nothing: usual, everything, all-probes, kinds of probes, each (every probe by itself)'),
  rounds: z.coerce.number().int().min(1).default(20).describe('timed blocks of steps of each subject'),
  warmup: z.coerce.number().int().min(0).default(2).describe('blocks of each subject before those'),
  stepsPerRound: z.coerce
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('steps of a block; the first is not timed where there are more'),
  ...sharedSettings,
});
export type StepSettings = z.infer<typeof stepSettingsSchema>;
