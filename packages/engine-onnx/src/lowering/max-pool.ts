import { onnxPads } from './conv2d.js';
import type { Strategy } from './strategy.js';

/** The gradient goes to the first maximum of each window, in row-major order; where windows overlap it adds up. */
export const plainMaxPool: Strategy<'maxPool'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], { builder, dims }) {
    const { size, strides, padding } = node.operation;
    const [output, indices] = builder.multiOp('MaxPool', [input.value], 2, {
      kernel_shape: size,
      strides,
      pads: onnxPads(padding),
    });
    return {
      output,
      backward: (gradient) => {
        const inputDims = dims(input.shape);
        const elements = inputDims.reduce((product, extent) => product * extent, 1);
        // A window of NaNs has no maximum and an index below zero; any place will do for its NaN gradient.
        const winners = builder.op('Max', [indices, builder.integers(0)]);
        const scattered = builder.op(
          'ScatterElements',
          [
            builder.op('Expand', [builder.scalar(0), builder.integers(elements)]),
            builder.reshape(winners, [-1]),
            builder.reshape(gradient, [-1]),
          ],
          { axis: 0, reduction: 'add' },
        );
        return { inputs: [builder.reshape(scattered, inputDims)] };
      },
    };
  },
};
