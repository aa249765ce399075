import { Random } from '@reluctant/core';

/** Random crop after zero padding, and horizontal flip: the usual augmentation of CIFAR-10 (He et al. 2016, section 4.2). */
export interface Augmentation {
  /** Pixels of padding on every side; 0 switches cropping off. */
  readonly crop: number;
  /** Whether half of the images are mirrored. */
  readonly flip: boolean;
}

/** Which part of an image is seen: the window's corner relative to the image's own, in pixels, and whether it is mirrored. */
export interface View {
  readonly top: number;
  readonly left: number;
  readonly flipped: boolean;
}

/** The image as it is. */
export const WHOLE_IMAGE: View = { top: 0, left: 0, flipped: false };

/** The view of one image in one epoch. Depends on the arguments alone; the crop does not depend on whether flips are on. */
export function drawView({ crop, flip }: Augmentation, seed: number, epoch: number, image: number): View {
  const random = new Random(seed, 'augment', epoch, image);
  const top = random.integer(2 * crop + 1) - crop;
  const left = random.integer(2 * crop + 1) - crop;
  return { top, left, flipped: flip && random.integer(2) === 1 };
}
