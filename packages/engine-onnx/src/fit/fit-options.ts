import { optimizerSpecSchema, ReluctantError, type OptimizerKind, type TrainingProgress } from '@reluctant/core';
import { z } from 'zod';
import { onnxOptionsSchema, type OnnxOptions } from '../options.js';
import type { Examples } from './examples.js';
import type { BatchInfo, EpochRecord } from './history.js';

/** What is called on the way. Training waits for promises that they return; an error they throw ends training. */
export interface FitCallbacks {
  onEpochBegin?(epoch: number): unknown;
  onBatchEnd?(batch: BatchInfo): unknown;
  onEpochEnd?(epoch: EpochRecord): unknown;
}

export interface FitOptions {
  /** Passes over the data, at least 1 (default 1). */
  readonly epochs?: number;
  /** Images a step (default 32); the last batch of an epoch holds what is left. Batches that come ready-made keep their size. */
  readonly batchSize?: number;
  /**
   * Positive; by default 0.01, and 0.001 for adam, adamw and rmsprop. A function is asked at every step, with the epochs done
   * so far (fractional inside an epoch) and their number, as `learningRateAt` of `@reluctant/core` takes them.
   */
  readonly learningRate?: number | ((progress: TrainingProgress) => number);
  /** A kind, or a kind with its constants (default `momentum` with 0.9). */
  readonly optimizer?: OptimizerKind | z.input<typeof optimizerSpecSchema>;
  /** Share of the target spread evenly over all classes, in [0, 1) (default 0). Counts in training and in validation losses. */
  readonly labelSmoothing?: number;
  /** Evaluated after every epoch. */
  readonly validation?: Examples;
  /** Whether each epoch has an order of its own (default true). Batches that come ready-made are never reordered. */
  readonly shuffle?: boolean;
  /** Of shuffling and dropout (default 0): equal seeds give equal runs on one machine. */
  readonly seed?: number;
  /** Whether the activation probability of every ReLU unit is measured in the training steps (default true). */
  readonly activeProbability?: boolean;
  readonly callbacks?: FitCallbacks;
  /** Ends training after the step under way: early stopping. The history so far is returned. */
  readonly signal?: AbortSignal;
  /** Options of the engine, e.g. `{ threads: 4 }`. */
  readonly engine?: Partial<OnnxOptions>;
}

const ADAPTIVE: ReadonlySet<OptimizerKind> = new Set(['adam', 'adamw', 'rmsprop']);

const callback = z.custom<(argument: never) => unknown>((value) => typeof value === 'function', 'must be a function');

const fitOptionsSchema = z
  .strictObject({
    epochs: z.number().int().min(1).default(1),
    batchSize: z.number().int().min(1).default(32),
    learningRate: z
      .union([
        z.number().positive(),
        z.custom<(progress: TrainingProgress) => number>((value) => typeof value === 'function'),
      ])
      .optional(),
    optimizer: z
      .preprocess((value) => (typeof value === 'string' ? { kind: value } : value), optimizerSpecSchema)
      .default(optimizerSpecSchema.parse({ kind: 'momentum' })),
    labelSmoothing: z.number().min(0).lt(1).default(0),
    validation: z.custom<Examples>().optional(),
    shuffle: z.boolean().default(true),
    seed: z.number().int().default(0),
    activeProbability: z.boolean().default(true),
    callbacks: z
      .strictObject({
        onEpochBegin: callback.optional(),
        onBatchEnd: callback.optional(),
        onEpochEnd: callback.optional(),
      })
      .optional(),
    signal: z.instanceof(AbortSignal).optional(),
    engine: onnxOptionsSchema.prefault({}),
  })
  .transform(({ learningRate, ...options }) => {
    const rate = learningRate ?? (ADAPTIVE.has(options.optimizer.kind) ? 0.001 : 0.01);
    return { ...options, learningRateAt: typeof rate === 'function' ? rate : () => rate };
  });

/** Options with their defaults filled in. */
export type ResolvedFitOptions = Omit<z.output<typeof fitOptionsSchema>, 'callbacks'> & {
  readonly callbacks: FitCallbacks;
};

/** Throws `CONFIG_INVALID` naming every option that makes no sense. */
export function resolveFitOptions(options: FitOptions): ResolvedFitOptions {
  const parsed = fitOptionsSchema.safeParse(options);
  if (parsed.success) {
    // The caller's own object, so that callbacks that are methods keep their `this`.
    return { ...parsed.data, callbacks: options.callbacks ?? {} };
  }
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const told = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  throw new ReluctantError('CONFIG_INVALID', `fit's options: ${told}.`, { issues });
}
