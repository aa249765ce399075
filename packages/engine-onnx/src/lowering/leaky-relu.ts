import type { Strategy } from './strategy.js';

/** x for x > 0, αx otherwise; the derivative at 0 is α. */
export const plainLeakyRelu: Strategy<'leakyRelu'> = {
  name: 'plain',
  fits: () => true,
  layouts: 'any',
  emit(node, [input], { builder }) {
    const { alpha } = node.operation;
    return {
      output: builder.op('LeakyRelu', [input.value], { alpha: { float: alpha } }),
      backward: (gradient) => {
        const positive = builder.positive(input.value);
        const slope = builder.add(builder.mul(positive, builder.scalar(1 - alpha)), builder.scalar(alpha));
        return { inputs: [builder.mul(gradient, slope)] };
      },
    };
  },
};
