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
        let end = 0;
        const parts = inputs.map(({ shape }) => {
          const start = end;
          end += shape.at(-1)!;
          return builder.slice(gradient, { axes: [1], starts: [start], ends: [end] });
        });
        return { inputs: parts };
      },
    };
  },
};
