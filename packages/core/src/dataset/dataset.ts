import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';

/** A mini-batch. `x` holds [size, H, W, C] normalised float32, `y` holds [size] class indices. */
export interface Batch {
  readonly size: number;
  readonly x: Float32Array;
  readonly y: Int32Array;
}

/** What a network is asked to do. */
export interface Task {
  /** [H, W, C] of one image. */
  readonly inputShape: readonly [number, number, number];
  readonly classes: number;
  readonly classNames?: readonly string[];
}

export interface BatchOptions {
  readonly batchSize: number;
  /** Seed of the run; shuffling and augmentation depend on `seed`, `epoch` and the image alone. */
  readonly seed: number;
  readonly epoch: number;
  readonly shuffle: boolean;
  /** Number of leading batches to leave out without producing them, to resume inside an epoch. */
  readonly skip?: number;
}

/**
 * A fixed, ordered set of labelled images. Iterating twice with equal options gives equal batches; the last may be smaller.
 * A batch is asked for while the one before it is still in use: each has arrays of its own, which are not written to again.
 */
export interface Split {
  readonly size: number;
  batches(options: BatchOptions): AsyncIterable<Batch>;
}

/** Per channel (the last axis of an input), the least and the largest value that an element may have. A single number is for all channels. */
export interface InputRange {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** A loaded data set. */
export interface LoadedDataset extends Task {
  /** Hex digest of the images and labels that the splits hold (before augmentation), for the manifest. */
  readonly digest: string;
  /** Where the data came from, for people: a path, or `procedural`. */
  readonly source: string;
  readonly train: Split;
  readonly test: Split;
  /** The fixed images on which units are measured, never augmented. */
  readonly probe: Split;
  /** Per-channel normalisation that was applied: (x/255 − mean) / std. */
  readonly normalization: { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Bounds of the normalised inputs of all splits, those not drawn yet and augmented ones included; left out where there are none. */
  readonly inputRange?: InputRange;
}

export interface LoadContext {
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Nothing is fetched from a network, whatever the options allow: data that is not there is `DATASET_NOT_FOUND`. */
  readonly offline?: boolean;
  /** Called during long work such as a download; `total` is undefined where the length is not known. */
  readonly onProgress?: (progress: { readonly label: string; readonly done: number; readonly total?: number }) => void;
}

/** Loads labelled images. Throws `DATASET_NOT_FOUND`, `DATASET_CORRUPT` (file and offset named) or `DATASET_DOWNLOAD_FAILED`. */
export interface Dataset<O = unknown> extends Plugin<O> {
  load(options: O, context: LoadContext): Promise<LoadedDataset>;
  /** Whether `load` with default options would find data without the network, and where; for `auto` and `doctor`. */
  locate?(): Promise<string | undefined>;
}
export const Dataset = serviceIdentifier<Dataset>('Dataset');
