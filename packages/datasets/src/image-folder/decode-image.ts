import sharp from 'sharp';
import { dataCorrupt } from '../files/data-corrupt.js';
import { readDataFile } from '../files/read-data-file.js';

/** How images of any size become images of one shape. */
export interface Decoding {
  /** [H, W] */
  readonly size: readonly [number, number];
  readonly fit: 'cover' | 'fill';
  readonly colour: 'rgb' | 'grey';
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * Bytes [H, W, C] of one PNG or JPEG file, upright (by its EXIF orientation), in sRGB or grey, on black where transparent.
 * Throws `DATASET_CORRUPT` naming the file where it is neither, damaged, cut off, or beyond 268 megapixels.
 */
export async function decodeImage(
  path: string,
  { size, fit, colour }: Decoding,
  signal?: AbortSignal,
): Promise<Buffer> {
  const stored = await readDataFile(path, signal);
  // The decoder knows many more formats, some of which (SVG) refer to other files. None of them passes.
  if (!stored.subarray(0, PNG.length).equals(PNG) && !stored.subarray(0, JPEG.length).equals(JPEG)) {
    throw dataCorrupt(path, 'this is neither PNG nor JPEG, whatever its name says', { offset: 0 });
  }
  const [height, width] = size;
  try {
    const image = sharp(stored, { failOn: 'warning' }).autoOrient().flatten({ background: '#000000' });
    return await image
      .resize(width, height, { fit })
      .toColourspace(colour === 'grey' ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch (cause) {
    throw dataCorrupt(path, `it can't be decoded (${cause instanceof Error ? cause.message : cause})`, { cause });
  }
}
