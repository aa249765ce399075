import type { ResnetOptions } from './options.js';

/** What the options come to. */
export interface ResnetPlan {
  /** Basic blocks of each stage. */
  readonly blocks: readonly number[];
  /** Channels of the stem and the first stage; each later stage has twice its predecessor's. */
  readonly width: number;
  readonly shortcut: 'identity' | 'projection';
}

/**
 * `cifar`: He et al. 2016 (arXiv 1512.03385), §4.2, with option A shortcuts. `resnet18`, `resnet34`: the blocks of table 1 with
 * option B shortcuts, after the stem of §4.2.
 */
export function resnetPlan(options: ResnetOptions): ResnetPlan {
  switch (options.variant) {
    case 'cifar': {
      const blocks = ((options.depth ?? 20) - 2) / 6;
      return {
        blocks: [blocks, blocks, blocks],
        width: options.width ?? 16,
        shortcut: options.shortcut ?? 'identity',
      };
    }
    case 'resnet18':
      return fourStages([2, 2, 2, 2], options);
    case 'resnet34':
      return fourStages([3, 4, 6, 3], options);
  }
}

function fourStages(blocks: readonly number[], { width = 64, shortcut = 'projection' }: ResnetOptions): ResnetPlan {
  return { blocks, width, shortcut };
}
