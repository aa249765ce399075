import { Random, ReluctantError, type Batch, type BatchOptions, type Split } from '@reluctant/core';
import { drawView, WHOLE_IMAGE, type Augmentation } from './augmentation.js';
import { copyImage } from './copy-image.js';
import { imageBytes, type ImageSet } from './image-set.js';
import { normalizationTable, type Normalization } from './normalization.js';

/**
 * Images held as bytes, normalised (and augmented) batch by batch. Every batch has arrays of its own, which are the
 * caller's to keep. Images are known to the augmentation by their position in the split.
 */
export class ImageSplit implements Split {
  readonly size: number;
  private readonly table: Float32Array;

  constructor(
    private readonly images: ImageSet,
    normalization: Normalization,
    private readonly augmentation?: Augmentation,
  ) {
    this.size = images.labels.length;
    this.table = normalizationTable(normalization);
  }

  /** Throws `CONFIG_INVALID` where `batchSize` is no integer ≥ 1 or `skip` none ≥ 0. Skipping past the end gives no batch. */
  async *batches({ batchSize, seed, epoch, shuffle, skip = 0 }: BatchOptions): AsyncGenerator<Batch, void, undefined> {
    requireInteger('batchSize', batchSize, 1);
    requireInteger('skip', skip, 0);
    const order = Uint32Array.from({ length: this.size }, (_, index) => index);
    if (shuffle) new Random(seed, 'shuffle', epoch).shuffle(order);
    for (let start = skip * batchSize; start < this.size; start += batchSize) {
      yield this.batch(order.subarray(start, start + batchSize), seed, epoch);
    }
  }

  private batch(indices: Uint32Array, seed: number, epoch: number): Batch {
    const { pixels, labels, shape } = this.images;
    const length = imageBytes(shape);
    const x = new Float32Array(indices.length * length);
    const y = new Int32Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      const image = indices[i];
      const view = this.augmentation ? drawView(this.augmentation, seed, epoch, image) : WHOLE_IMAGE;
      copyImage({ array: pixels, offset: image * length }, { array: x, offset: i * length }, shape, this.table, view);
      y[i] = labels[image];
    }
    return { size: indices.length, x, y };
  }
}

function requireInteger(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ReluctantError('CONFIG_INVALID', `${name} must be an integer of at least ${least}, but is ${value}.`);
}
