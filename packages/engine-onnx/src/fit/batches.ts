import { Random, ReluctantError, type Batch } from '@reluctant/core';
import { readExamples, type ExampleArrays, type Examples, type Signature } from './examples.js';

/** Batches that come ready-made. Iterated once an epoch; a function gives each epoch an iterable of its own. */
export type BatchSource =
  AsyncIterable<Examples> | Iterable<Examples> | ((epoch: number) => AsyncIterable<Examples> | Iterable<Examples>);

export interface TrainingData {
  /** Batches in an epoch, where known. */
  readonly batches: number | undefined;
  epoch(epoch: number): AsyncIterable<Batch>;
}

interface BatchOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
}

/** Training data of either kind, checked: examples at once, ready-made batches as they come. */
export async function trainingData(
  data: Examples | BatchSource,
  signature: Signature,
  options: BatchOptions,
): Promise<TrainingData> {
  if (!['object', 'function'].includes(typeof data) || data === null) {
    throw new ReluctantError('DATASET_CORRUPT', 'fit needs data: { x, y }, or batches of that form.');
  }
  if (isBatchSource(data)) return new ReadyMadeBatches(data, signature);
  const examples = await readExamples(data, signature, 'training data');
  return {
    batches: Math.ceil(examples.count / options.batchSize),
    epoch: (epoch) => batchesOf(examples, { ...options, epoch }),
  };
}

/** Batches of `batchSize` examples and one of the rest, each in arrays of its own. */
export async function* batchesOf(
  { count, x, y }: ExampleArrays,
  { batchSize, shuffle, seed, epoch }: BatchOptions & { readonly epoch: number },
): AsyncGenerator<Batch> {
  const order = Int32Array.from({ length: count }, (_, image) => image);
  if (shuffle) new Random(seed, 'shuffle', epoch).shuffle(order);
  const pixels = x.length / count;
  for (let start = 0; start < count; start += batchSize) {
    const images = order.subarray(start, start + batchSize);
    const batch = {
      size: images.length,
      x: new Float32Array(images.length * pixels),
      y: new Int32Array(images.length),
    };
    images.forEach((image, i) => {
      batch.x.set(x.subarray(image * pixels, (image + 1) * pixels), i * pixels);
      batch.y[i] = y[image];
    });
    yield batch;
  }
}

class ReadyMadeBatches implements TrainingData {
  batches: number | undefined;

  constructor(
    private readonly source: BatchSource,
    private readonly signature: Signature,
  ) {}

  async *epoch(epoch: number): AsyncGenerator<Batch> {
    let batches = 0;
    for await (const examples of typeof this.source === 'function' ? this.source(epoch) : this.source) {
      const { count, x, y } = await readExamples(examples, this.signature, `batch ${batches} of epoch ${epoch}`);
      batches++;
      yield { size: count, x, y };
    }
    if (batches === 0) {
      throw new ReluctantError(
        'DATASET_CORRUPT',
        `fit got no batch in epoch ${epoch}. A generator can be run through once: give a function that starts a new one.`,
      );
    }
    this.batches = batches;
  }
}

function isBatchSource(data: Examples | BatchSource): data is BatchSource {
  return typeof data === 'function' || Symbol.asyncIterator in data || Symbol.iterator in data;
}
