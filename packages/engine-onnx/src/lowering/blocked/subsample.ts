import type { Strategy } from '../strategy.js';
import { maxPool } from './convolution.js';

/** Average pooling with windows of one pixel: every second pixel of every second row of a blocked map. */
export const blockedSubsample: Strategy<'averagePool'> = {
  name: 'blocked subsampling',
  fits: ({ operation: { size, strides, padding } }, { block }, { inputs: [input] }) =>
    block !== undefined &&
    input.layout === 'blocked' &&
    size.every((extent) => extent === 1) &&
    strides.every((stride) => stride === 2) &&
    Object.values(padding).every((pad) => pad === 0) &&
    input.shape[0] % 2 === 0 &&
    input.shape[1] % 2 === 0,
  layouts: { input: 'blocked', output: 'blocked' },
  emit(_node, [input], { builder, batch, device, dims }) {
    const [height, width, channels] = input.shape;
    return {
      output: maxPool(builder, input.value, [1, 1], [2, 2]),
      backward(gradient) {
        const block = device.block!;
        const pixels = (batch * channels * height * width) / (4 * block);
        const lines = pixels / (width / 2);
        const columns = builder.zeroPad(builder.reshape(gradient, [pixels, block]), [0, 0], [0, block]);
        const rows = builder.zeroPad(builder.reshape(columns, [lines, width * block]), [0, 0], [0, width * block]);
        return { inputs: [builder.reshape(rows, dims(input.shape))] };
      },
    };
  },
};
