import type { Strategy } from './strategy.js';

/** Along the channels, which are axis 1 inside for maps and vectors alike. */
export const plainConcatenate: Strategy<'concatenate'> = {
  name: 'plain',
  fits: () => true,
  emit(_node, inputs, { builder }) {
    return {
      output: builder.op(
        'Concat',
        inputs.map(({ value }) => value),
        { axis: 1 },
      ),
      backward: (gradient) => {
        const sizes = inputs.map(({ shape }) => shape.at(-1)!);
        return {
          inputs: builder.multiOp('Split', [gradient, builder.integers(...sizes)], inputs.length, { axis: 1 }),
        };
      },
    };
  },
};
