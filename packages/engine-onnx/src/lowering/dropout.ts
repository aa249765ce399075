import type { Strategy } from './strategy.js';

/** Multiplies with a mask that the host draws (Srivastava et al. 2014, inverted: nothing is left to do in evaluation). */
export const plainDropout: Strategy<'dropout'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], emission) {
    if (emission.mode === 'evaluation') {
      return { output: input.value, backward: (gradient) => ({ inputs: [gradient] }) };
    }
    const { builder } = emission;
    const mask = emission.dropoutMask(node.name, node.operation.rate, node.shape);
    return {
      output: builder.mul(input.value, mask),
      backward: (gradient) => ({ inputs: [builder.mul(gradient, mask)] }),
    };
  },
};
