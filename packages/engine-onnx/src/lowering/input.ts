import type { Strategy } from './strategy.js';

/** Batches come as tfjs lays them out: [batch, H, W, C] or [batch, F]. */
export const BATCH_INPUT = 'batch:x';

export const plainInput: Strategy<'input'> = {
  name: 'plain',
  fits: () => true,
  emit(node, _inputs, { builder, batch }) {
    const images = builder.input(BATCH_INPUT, [batch, ...node.shape]);
    return {
      output: node.shape.length === 3 ? builder.transpose(images, [0, 3, 1, 2]) : images,
      backward: () => ({ inputs: [] }),
    };
  },
};
