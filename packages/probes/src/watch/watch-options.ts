import { validateDocument, type Probe } from '@reluctant/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';

/** A probe with its default options, or with options of its own beside it: `{ probe: deadUnits, epsilon: 0.05 }`. */
export type WatchedProbe = Probe | { readonly probe: Probe; readonly [option: string]: unknown };

export interface WatchOptions {
  /**
   * The images [images, …shape of the model's input] on which units are measured, always the same. The tensor stays yours: it is
   * read at every measurement, never disposed of, and has to live as long as you measure. `batchSize` (default 250) images are
   * computed at a time; it changes no count.
   */
  readonly data: Tensor | { readonly x: Tensor; readonly batchSize?: number };
  /** Default: `activation-probability`, `dead-units`, `dormant` and `unit-lifecycle`. */
  readonly probes?: readonly WatchedProbe[];
  /** As a callback of `fit`: measure after every epoch (default), or every so many optimizer steps and at the end. */
  readonly every?: 'epoch' | { readonly steps: number };
  /**
   * Optimizer steps that the model has behind it (default 0: as initialised). Units that are silent when first seen were born dead
   * at step 0; later their birth was not seen, and they count as having died.
   */
  readonly step?: number;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isTensor = (value: unknown): value is Tensor =>
  isObject(value) && 'shape' in value && 'dtype' in value && 'dataId' in value;
const isProbe = (value: unknown): value is Probe =>
  isObject(value) && ['kind', 'options', 'taps', 'readings'].every((part) => part in value);

const tensor = z.custom<Tensor>(isTensor, 'must be a tensor of images');
const dataWithBatchSize = z.strictObject({ x: tensor, batchSize: z.int().min(1).default(250) });

const watchOptionsSchema = z.strictObject({
  data: z.preprocess((data) => (isTensor(data) ? { x: data } : data), dataWithBatchSize),
  probes: z
    .array(
      z.custom<WatchedProbe>(
        (value) => isProbe(value) || (isObject(value) && 'probe' in value && isProbe(value.probe)),
        'must be a probe, or { probe, …its options }',
      ),
    )
    .min(1)
    .optional(),
  every: z
    .union([z.literal('epoch'), z.strictObject({ steps: z.int().min(1) })], {
      error: 'must be "epoch", or { steps: n } with a whole number above 0',
    })
    .default('epoch'),
  step: z.int().min(0).default(0),
});

/** Options with their defaults filled in, but for the probes. */
export type ResolvedWatchOptions = z.output<typeof watchOptionsSchema>;

/** Throws `CONFIG_INVALID` naming every option that makes no sense. */
export function resolveWatchOptions(options: WatchOptions): ResolvedWatchOptions {
  return validateDocument(watchOptionsSchema, options, 'watch');
}
