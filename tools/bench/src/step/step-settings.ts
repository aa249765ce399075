import { z } from 'zod';

const list = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

/** What `bench step` is told, as the command line gives it: text. */
export const stepSettingsSchema = z.strictObject({
  architectures: list.prefault('vgg11,resnet20').describe('networks, separated by commas: vgg11, resnet20, …'),
  engines: list.prefault('onnx').describe('engines, separated by commas: onnx, tensorflow, cpu'),
  batch: z.coerce.number().int().min(1).default(64).describe('images a step'),
  rounds: z.coerce.number().int().min(1).default(20).describe('timed steps of each subject'),
  warmup: z.coerce.number().int().min(0).default(3).describe('steps of each subject before those'),
  threads: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('threads of engines that can be told; all cores by default'),
  spinning: z
    .stringbool()
    .optional()
    .describe('whether threads of engines that can be told wait busily: true suits an idle machine only'),
  width: z.coerce.number().positive().max(4).default(1).describe('factor on the channels of every network'),
  attempts: z.coerce
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('how often a network is measured at most while other programs disturb'),
  tolerance: z.coerce
    .number()
    .min(0)
    .default(0.05)
    .describe('share of the machine that other programs may use before a measurement counts as disturbed'),
});
export type StepSettings = z.infer<typeof stepSettingsSchema>;
