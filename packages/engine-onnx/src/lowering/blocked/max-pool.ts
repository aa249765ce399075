import type { Value } from '../../onnx/graph-builder.js';
import type { Emission } from '../emission.js';
import { emitKnockOut, halvesMap } from '../max-pool-knock-out.js';
import type { Strategy } from '../strategy.js';

/** Max pooling of blocked maps in windows of 2×2 that do not overlap, first along rows and then along columns. */
export const blockedMaxPool: Strategy<'maxPool'> = {
  name: 'blocked',
  fits: (node, { block }, [input]) => block !== undefined && input.layout === 'blocked' && halvesMap(node, input.shape),
  layouts: { input: 'blocked', output: 'blocked' },
  emit(_node, [input], emission) {
    const { builder, batch, device } = emission;
    const block = device.block!;
    const [height, width, channels] = input.shape;
    const pairs = emitPool(emission, input.value, [1, 2]);
    const output = emitPool(emission, pairs, [2, 1]);
    return {
      output,
      backward(gradient) {
        const lines = (batch * channels * height) / (2 * block);
        const byRow = emitKnockOut(builder, pairs, output, gradient, [lines, (width / 2) * block]);
        const pixels = (batch * channels * height * width) / (2 * block);
        const byPixel = emitKnockOut(builder, input.value, pairs, byRow, [pixels, block]);
        return { inputs: [builder.reshape(byPixel, [batch, channels, height, width])] };
      },
    };
  },
};

function emitPool({ builder }: Emission, map: Value, size: readonly [number, number]): Value {
  return builder.blockedOp('MaxPool', [map], {
    kernel_shape: size,
    strides: size,
    pads: [0, 0, 0, 0],
    dilations: [1, 1],
    ceil_mode: 0,
    auto_pad: 'NOTSET',
  });
}
