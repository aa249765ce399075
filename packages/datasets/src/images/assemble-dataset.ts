import { Random, type LoadContext, type LoadedDataset } from '@reluctant/core';
import { configInvalid } from '../config-invalid.js';
import { throwIfAborted } from '../throw-if-aborted.js';
import { digestImages } from './digest-images.js';
import type { ImageOptions } from './image-options.js';
import { pickImages, type ImageSet } from './image-set.js';
import { ImageSplit } from './image-split.js';
import { inputRange } from './input-range.js';
import { measureNormalization, type Normalization } from './normalization.js';
import { stratifiedChoice } from './stratified-choice.js';

/** What a reader found: the images before subsets, normalisation and augmentation. */
export interface RawDataset {
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly classes: number;
  readonly classNames?: readonly string[];
  readonly source: string;
}

/**
 * Subsets, normalisation, augmentation, probe split and digest: what is the same for all data sets. The digest covers the
 * training and test images that are kept, from which the probe images are taken.
 *
 * Throws `CONFIG_INVALID` where more images are asked for than there are, or an option does not fit the images' shape.
 */
export function assembleDataset(raw: RawDataset, options: ImageOptions, { seed, signal }: LoadContext): LoadedDataset {
  const { shape } = raw.train;
  const subset = (images: ImageSet, size: number | undefined, option: string): ImageSet => {
    const present = images.labels.length;
    if (size === undefined || size === present) return images;
    if (size > present) {
      const known = `only ${present} are there (${raw.source})`;
      throw configInvalid(option, `${size} images are asked for, but ${known}. Ask for at most ${present}.`);
    }
    return pickImages(
      images,
      stratifiedChoice(images.labels, raw.classes, size, new Random(seed, 'subset', option)).chosen,
    );
  };

  requireCropInside(options, shape);
  const train = subset(raw.train, options.trainSize, 'trainSize');
  const test = subset(raw.test, options.testSize, 'testSize');
  const probe = subset(options.probe.split === 'test' ? test : train, options.probe.size, 'probe.size');
  throwIfAborted(signal, `preparing ${raw.source}`);
  const normalization = options.normalization
    ? requireChannels(options.normalization, shape[2])
    : measureNormalization(train);
  const testSplit = new ImageSplit(test, normalization);

  return {
    inputShape: shape,
    classes: raw.classes,
    classNames: raw.classNames,
    digest: digestImages(train, test),
    source: raw.source,
    train: new ImageSplit(train, normalization, options.augment),
    test: testSplit,
    // One split where they are the same images: nobody then evaluates them twice.
    probe: probe === test ? testSplit : new ImageSplit(probe, normalization),
    normalization,
    inputRange: inputRange(normalization, options.augment),
  };
}

function requireCropInside({ augment }: ImageOptions, [height, width]: ImageSet['shape']): void {
  const side = Math.min(height, width);
  if (augment && augment.crop >= side) {
    throw configInvalid('augment.crop', `must be below ${side}, the shorter side of an image, but is ${augment.crop}.`);
  }
}

function requireChannels(normalization: Normalization, channels: number): Normalization {
  for (const name of ['mean', 'std'] as const) {
    const { length } = normalization[name];
    if (length !== channels) {
      throw configInvalid(
        `normalization.${name}`,
        `the images have ${channels} channel(s), but ${length} number(s) are given.`,
      );
    }
  }
  return normalization;
}
