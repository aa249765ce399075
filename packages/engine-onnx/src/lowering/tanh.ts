import type { Strategy } from './strategy.js';

/** tanh(x) with tanh′ = 1 − tanh². */
export const plainTanh: Strategy<'tanh'> = {
  name: 'plain',
  fits: () => true,
  layouts: 'any',
  emit(_node, [input], { builder }) {
    const output = builder.op('Tanh', [input.value]);
    return {
      output,
      backward: (gradient) => ({
        inputs: [builder.mul(gradient, builder.sub(builder.scalar(1), builder.mul(output, output)))],
      }),
    };
  },
};
