import type { Strategy } from '../strategy.js';

/** Whole blocks of zero channels before and after those of a blocked map. */
export const blockedPadChannels: Strategy<'padChannels'> = {
  name: 'blocked',
  fits: ({ operation: { before, after } }, { block }, { inputs: [input] }) =>
    block !== undefined && input.layout === 'blocked' && before % block === 0 && after % block === 0,
  layouts: { input: 'blocked', output: 'blocked' },
  emit(node, [input], { builder, batch, device, dims }) {
    const [height, width, channels] = input.shape;
    const ofChannels = (count: number) => (count / device.block!) * height * width * device.block!;
    const { before, after } = node.operation;
    const images = builder.reshape(input.value, [batch, ofChannels(channels)]);
    const padded = builder.zeroPad(images, [0, ofChannels(before)], [0, ofChannels(after)]);
    return {
      output: builder.reshape(padded, dims(node.shape)),
      backward(gradient) {
        const wide = builder.reshape(gradient, [batch, ofChannels(before + channels + after)]);
        const part = { axes: [1], starts: [ofChannels(before)], ends: [ofChannels(before + channels)] };
        return { inputs: [builder.reshape(builder.slice(wide, part), dims(input.shape))] };
      },
    };
  },
};
