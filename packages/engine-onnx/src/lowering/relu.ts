import type { Strategy } from './strategy.js';

/** max(x, 0), or min(max(x, 0), max). The derivative is 0 at 0 and at the cap. */
export const plainRelu: Strategy<'relu'> = {
  name: 'plain',
  fits: () => true,
  layouts: 'any',
  emit(node, [input], emission) {
    const { builder } = emission;
    const { max } = node.operation;
    const zero = builder.scalar(0);
    if (max === undefined) {
      const output = builder.op('Relu', [input.value]);
      // Emitted before the gradient, it is computed after that, and is still in the cache when the two meet.
      const mask = emission.firing(output);
      if (!emission.gradientsAsked.has(node.name)) emission.noteRectified(output);
      return {
        output,
        backward: (gradient) => ({
          inputs: [emission.isMasked(gradient, output) ? gradient : builder.mul(gradient, mask)],
        }),
      };
    }
    const cap = builder.scalar(max);
    const output = builder.op('Clip', [input.value, zero, cap]);
    return {
      output,
      backward: (gradient) => {
        const passed = builder.mul(builder.positive(output), builder.indicator('Less', output, cap));
        return { inputs: [builder.mul(gradient, passed)] };
      },
    };
  },
};
