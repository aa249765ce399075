import { z } from 'zod';
import { list, sharedSettings } from '../shared-settings.js';

/** What `bench step` is told, as the command line gives it: text. */
export const stepSettingsSchema = z.strictObject({
  architectures: list.prefault('vgg11,resnet20').describe('networks, separated by commas: vgg11, resnet20, …'),
  engines: list.prefault('onnx').describe('engines, separated by commas: onnx, tensorflow, cpu'),
  batch: z.coerce.number().int().min(1).default(64).describe('images a step'),
  rounds: z.coerce.number().int().min(1).default(20).describe('timed steps of each subject'),
  warmup: z.coerce.number().int().min(0).default(3).describe('steps of each subject before those'),
  ...sharedSettings,
});
export type StepSettings = z.infer<typeof stepSettingsSchema>;
