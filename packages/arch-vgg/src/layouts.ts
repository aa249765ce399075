/** Channels of a 3×3 convolution, or `M` for a 2×2 max pooling. */
export type LayoutItem = number | 'M';

/** Configurations A, B, D and E of Simonyan & Zisserman 2015 (arXiv 1409.1556, table 1). */
export const VGG_LAYOUTS = {
  vgg11: [64, 'M', 128, 'M', 256, 256, 'M', 512, 512, 'M', 512, 512, 'M'],
  vgg13: [64, 64, 'M', 128, 128, 'M', 256, 256, 'M', 512, 512, 'M', 512, 512, 'M'],
  vgg16: [64, 64, 'M', 128, 128, 'M', 256, 256, 256, 'M', 512, 512, 512, 'M', 512, 512, 512, 'M'],
  vgg19: [64, 64, 'M', 128, 128, 'M', 256, 256, 256, 256, 'M', 512, 512, 512, 512, 'M', 512, 512, 512, 512, 'M'],
} as const satisfies Record<string, readonly LayoutItem[]>;
