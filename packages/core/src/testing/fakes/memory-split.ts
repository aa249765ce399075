import type { Batch, BatchOptions, Split } from '../../dataset/dataset.js';
import { Random } from '../../random/random.js';

/** Images held in memory, [size, ...image] row-major, never augmented. Shuffling depends on seed and epoch. */
export function memorySplit(images: Batch): Split {
  return {
    size: images.size,
    async *batches({ batchSize, seed, epoch, shuffle, skip = 0 }: BatchOptions): AsyncIterable<Batch> {
      const order = Array.from({ length: images.size }, (_, index) => index);
      if (shuffle) new Random(seed, 'shuffle', epoch).shuffle(order);
      for (let from = skip * batchSize; from < order.length; from += batchSize) {
        yield pick(images, order.slice(from, from + batchSize));
      }
    },
  };
}

function pick({ size, x, y }: Batch, indices: readonly number[]): Batch {
  const perImage = x.length / size;
  const picked = new Float32Array(indices.length * perImage);
  for (const [to, from] of indices.entries())
    picked.set(x.subarray(from * perImage, (from + 1) * perImage), to * perImage);
  return { size: indices.length, x: picked, y: Int32Array.from(indices, (index) => y[index]) };
}
