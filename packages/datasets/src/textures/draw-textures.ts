import { Random, type LoadContext } from '@reluctant/core';
import type { ImageSet } from '../images/image-set.js';
import { throwIfAborted } from '../throw-if-aborted.js';
import { TEXTURE_CLASSES } from './texture-classes.js';

const SIDE = 32;
const CHANNELS = 3;
/** Least distance of the two colours in RGB space, of 442 possible. */
const LEAST_CONTRAST = 120;
/** Noise is the difference of two bytes times this: triangular, standard deviation 104.5·0.15 = 16 grey levels. */
const NOISE = 0.15;

type Colour = readonly [number, number, number];

/** `size` textures of 32×32×3, classes in turn. Image i depends on (seed, split, i) alone. */
export function drawTextures(
  size: number,
  seed: number,
  split: 'train' | 'test',
  signal: LoadContext['signal'],
): ImageSet {
  const pixels = new Uint8ClampedArray(size * SIDE * SIDE * CHANNELS);
  const labels = Int32Array.from({ length: size }, (_, image) => image % TEXTURE_CLASSES.length);
  for (let image = 0; image < size; image++) {
    throwIfAborted(signal, 'drawing textures');
    const length = SIDE * SIDE * CHANNELS;
    drawTexture(
      labels[image],
      new Random(seed, 'textures', split, image),
      pixels.subarray(image * length, (image + 1) * length),
    );
  }
  return { shape: [SIDE, SIDE, CHANNELS], pixels: new Uint8Array(pixels.buffer), labels };
}

function drawTexture(label: number, random: Random, target: Uint8ClampedArray): void {
  const field = TEXTURE_CLASSES[label].draw(random, SIDE);
  const [dark, bright] = drawColours(random);
  let position = 0;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const value = field(x, y);
      for (let channel = 0; channel < CHANNELS; channel++) {
        const bits = random.uint32();
        const noise = ((bits & 255) - ((bits >>> 8) & 255)) * NOISE;
        target[position++] = dark[channel] + value * (bright[channel] - dark[channel]) + noise;
      }
    }
  }
}

function drawColours(random: Random): [Colour, Colour] {
  for (;;) {
    const one = drawColour(random);
    const other = drawColour(random);
    if (Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]) >= LEAST_CONTRAST) return [one, other];
  }
}

function drawColour(random: Random): Colour {
  return [random.integer(256), random.integer(256), random.integer(256)];
}
