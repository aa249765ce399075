import type { LoadedDataset, NamedArray } from '@reluctant/core';
import type { Picture } from '@reluctant/report';

/** Pixels along a side at most: larger images are shown smaller. */
const LONGEST_SIDE = 64;
const GREY = 127.5;

/** [channels of an input] that can be shown: grey, or red, green and blue. */
const isShown = (channels: number) => channels === 1 || channels === 3;

/**
 * An image as it was before normalisation, in colours; made smaller by averages over whole squares of pixels where it is large.
 * Undefined where it has neither one channel nor three.
 * @param x [height, width, channels], normalised
 */
export function imagePicture(
  x: Float32Array,
  { inputShape, normalization: { mean, std } }: Pick<LoadedDataset, 'inputShape' | 'normalization'>,
): Picture | undefined {
  const [height, width, channels] = inputShape;
  if (!isShown(channels)) return undefined;
  const factor = Math.ceil(Math.max(height, width) / LONGEST_SIDE);
  return paint(Math.floor(width / factor), Math.floor(height / factor), (row, column, colour) => {
    const channel = colour % channels;
    let sum = 0;
    for (let y = row * factor; y < (row + 1) * factor; y++) {
      for (let z = column * factor; z < (column + 1) * factor; z++) sum += x[(y * width + z) * channels + channel];
    }
    return 255 * ((sum / factor ** 2) * std[channel] + mean[channel]);
  });
}

/**
 * The weights of one filter as colours: grey is 0, and the weight that is farthest from it is as dark or as bright as can be. Undefined
 * where its inputs are not the channels of a picture.
 * @param kernel [height, width, inputs, filters]
 */
export function filterPicture({ shape, data }: NamedArray, filter: number): Picture | undefined {
  const [height, width, channels, filters] = shape;
  if (!isShown(channels)) return undefined;
  const weight = (index: number) => data[index * filters + filter];
  let largest = 0;
  for (let index = 0; index < height * width * channels; index++) largest = Math.max(largest, Math.abs(weight(index)));
  return paint(width, height, (row, column, colour) => {
    const value = weight((row * width + column) * channels + (colour % channels));
    return GREY + (GREY * value) / (largest || 1);
  });
}

/** @param brightness of a colour (red, green, blue) at a place, 0 to 255; what lies outside is cut off */
function paint(
  width: number,
  height: number,
  brightness: (row: number, column: number, colour: number) => number,
): Picture {
  const bytes = new Uint8ClampedArray(width * height * 3);
  for (let row = 0, index = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (let colour = 0; colour < 3; colour++) bytes[index++] = brightness(row, column, colour);
    }
  }
  return { width, height, rgb: Buffer.from(bytes).toString('base64') };
}
