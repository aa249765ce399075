import { padSpatial } from './conv2d.js';
import type { Strategy } from './strategy.js';

/** Rows and columns of zeros around a map. */
export const plainZeroPad: Strategy<'zeroPad'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], { builder }) {
    const { padding } = node.operation;
    const [height, width] = input.shape;
    return {
      output: padSpatial(builder, input.value, padding),
      backward: (gradient) => ({
        inputs: [
          builder.slice(gradient, {
            axes: [2, 3],
            starts: [padding.top, padding.left],
            ends: [padding.top + height, padding.left + width],
          }),
        ],
      }),
    };
  },
};
