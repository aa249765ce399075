import { z } from 'zod';
import { list, sharedSettings } from '../shared-settings.js';
import { WATCHING_LEVELS } from '../step/watching.js';

export const MEMORY_LAYOUTS = ['default', 'channels-last'] as const;
export type MemoryLayout = (typeof MEMORY_LAYOUTS)[number];

/** Settings of what is compared with PyTorch, block of steps by block of steps. */
export const contenderSettings = {
  layouts: list
    .prefault('default,channels-last')
    .pipe(z.array(z.enum(MEMORY_LAYOUTS)))
    .describe(`memory layouts of PyTorch, separated by commas: ${MEMORY_LAYOUTS.join(', ')}`),
  rounds: z.coerce.number().int().min(1).default(20).describe('timed blocks of steps of each subject'),
  warmup: z.coerce.number().int().min(0).default(2).describe('blocks of each subject before those'),
  stepsPerRound: z.coerce
    .number()
    .int()
    .min(1)
    .default(2)
    .describe('steps of a block; the first is not timed where there are more'),
  pause: z.coerce.number().min(0).default(20).describe('milliseconds of rest before each block'),
  ...sharedSettings,
  python: z.string().min(1).default('/usr/bin/python3').describe('the Python that has PyTorch'),
  requirePytorch: z.boolean().default(false).describe('fail where PyTorch is missing, instead of going on without it'),
};

/** What `bench engine` is told, as the command line gives it: text. */
export const engineSettingsSchema = z.strictObject({
  architectures: list.prefault('vgg11,vgg16-bn,resnet20,resnet56').describe('networks, separated by commas'),
  batches: list
    .prefault('64,128')
    .pipe(z.array(z.coerce.number<string>().int().min(1)))
    .describe('images a step, several numbers separated by commas'),
  watching: list
    .prefault('nothing,probability,everything')
    .pipe(z.array(z.enum(WATCHING_LEVELS)))
    .describe(`how closely, separated by commas: ${WATCHING_LEVELS.join(', ')}`),
  ...contenderSettings,
  agreement: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('time nothing: compare losses, counters and weights over so many steps'),
});
export type EngineSettings = z.infer<typeof engineSettingsSchema>;
