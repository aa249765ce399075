import type { Strategy } from './strategy.js';

/** [H, W, C] → [H·W·C] in tfjs's row-major order, channels innermost. */
export const plainFlatten: Strategy<'flatten'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], { builder, batch, dims }) {
    if (input.shape.length === 1) return { output: input.value, backward: (gradient) => ({ inputs: [gradient] }) };
    return {
      output: builder.reshape(builder.transpose(input.value, [0, 2, 3, 1]), dims(node.shape)),
      backward: (gradient) => ({
        inputs: [builder.transpose(builder.reshape(gradient, [batch, ...input.shape]), [0, 3, 1, 2])],
      }),
    };
  },
};
