import type { Strategy } from './strategy.js';

/** Channels of zeros before and after those of the input. */
export const plainPadChannels: Strategy<'padChannels'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], { builder }) {
    const { before, after } = node.operation;
    return {
      output: builder.op('Pad', [input.value, builder.integers(before, after), '', builder.integers(1)]),
      backward: (gradient) => ({
        inputs: [builder.slice(gradient, { axes: [1], starts: [before], ends: [before + input.shape.at(-1)!] })],
      }),
    };
  },
};
