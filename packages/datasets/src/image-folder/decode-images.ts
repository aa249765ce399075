import { availableParallelism } from 'node:os';
import type { LoadContext } from '@reluctant/core';
import { imageBytes, type ImageSet } from '../images/image-set.js';
import { throwIfAborted } from '../throw-if-aborted.js';
import { decodeImage, type Decoding } from './decode-image.js';
import type { ImageListing } from './list-image-folder.js';

/** Decodes listed files into a set, in their order, a few at a time. Stops at the first that fails. */
export async function decodeImages(
  files: ImageListing['files'],
  decoding: Decoding,
  { signal, onProgress }: Pick<LoadContext, 'signal' | 'onProgress'>,
): Promise<ImageSet> {
  const shape = [...decoding.size, decoding.colour === 'grey' ? 1 : 3] as const;
  const bytes = imageBytes(shape);
  const pixels = new Uint8Array(files.length * bytes);
  const labels = Int32Array.from(files, ({ label }) => label);

  const remaining = inTurn(files);
  let done = 0;
  const worker = async (): Promise<void> => {
    for (const [position, { path }] of remaining) {
      throwIfAborted(signal, `decoding ${path}`);
      pixels.set(await decodeImage(path, decoding, signal), position * bytes);
      onProgress?.({ label: 'Decoding images', done: ++done, total: files.length });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { shape, pixels, labels };
}

/** A generator, unlike an array's iterator, ends for all workers as soon as one of them leaves its loop by an error. */
function* inTurn<T>(items: readonly T[]): Generator<[number, T]> {
  yield* items.entries();
}
