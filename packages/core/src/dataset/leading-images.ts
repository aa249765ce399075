import type { Split } from './dataset.js';

/** The first `images` of a split, in its unshuffled order; all of them where it has no more. */
export function leadingImages(split: Split, images: number): Split {
  if (images >= split.size) return split;
  return {
    size: images,
    async *batches(options) {
      let left = images - options.batchSize * (options.skip ?? 0);
      for await (const batch of split.batches({ ...options, shuffle: false })) {
        if (left < batch.size) {
          if (left > 0) {
            const perImage = batch.x.length / batch.size;
            yield { size: left, x: batch.x.slice(0, left * perImage), y: batch.y.slice(0, left) };
          }
          return;
        }
        yield batch;
        left -= batch.size;
      }
    },
  };
}
