import type { Strategy } from './strategy.js';

/** Channels of zeros before and after those of the input. */
export const plainPadChannels: Strategy<'padChannels'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], { builder }) {
    const { before, after } = node.operation;
    const onChannels = (count: number) => [0, count, ...input.shape.slice(1).map(() => 0)];
    return {
      output: builder.zeroPad(input.value, onChannels(before), onChannels(after)),
      backward: (gradient) => ({
        inputs: [builder.slice(gradient, { axes: [1], starts: [before], ends: [before + input.shape.at(-1)!] })],
      }),
    };
  },
};
