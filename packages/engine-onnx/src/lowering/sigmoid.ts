import type { Strategy } from './strategy.js';

/** σ(x) with σ′ = σ·(1 − σ). */
export const plainSigmoid: Strategy<'sigmoid'> = {
  name: 'plain',
  fits: () => true,
  layouts: 'any',
  emit(_node, [input], { builder }) {
    const output = builder.op('Sigmoid', [input.value]);
    return {
      output,
      backward: (gradient) => ({
        inputs: [builder.mul(gradient, builder.mul(output, builder.sub(builder.scalar(1), output)))],
      }),
    };
  },
};
