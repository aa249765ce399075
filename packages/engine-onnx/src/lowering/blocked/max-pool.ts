import type { Value } from '../../onnx/graph-builder.js';
import { emitKnockOut, halvesMap, throughPool } from '../max-pool-knock-out.js';
import type { Strategy } from '../strategy.js';
import { differenceOfPairs, maxPool } from './convolution.js';

/** Max pooling of blocked maps in windows of 2×2 that do not overlap, first along rows and then along columns. */
export const blockedMaxPool: Strategy<'maxPool'> = {
  name: 'blocked',
  fits: (node, { block }, { inputs: [input] }) =>
    block !== undefined && input.layout === 'blocked' && halvesMap(node, input.shape),
  layouts: { input: 'blocked', output: 'blocked' },
  emit(_node, [input], emission) {
    const { builder, batch, device } = emission;
    const block = device.block!;
    const [height, width, channels] = input.shape;
    const pairs = maxPool(builder, input.value, [1, 2]);
    const output = maxPool(builder, pairs, [2, 1]);
    return {
      output,
      backward: (gradient) => ({ inputs: [throughPool(emission, input, output, gradient, unpool)] }),
    };

    function unpool(gradient: Value): Value {
      const rowMatches = [(batch * channels * height) / (2 * block), (width / 2) * block] as const;
      const columnMatches = [(batch * channels * height * width) / (2 * block), block] as const;
      const byRow = emitKnockOut(
        builder,
        differenceOfPairs(builder, pairs, { channels, block }, [2, 1]),
        gradient,
        rowMatches,
      );
      const byPixel = emitKnockOut(
        builder,
        differenceOfPairs(builder, input.value, { channels, block }, [1, 2]),
        byRow,
        columnMatches,
      );
      return builder.reshape(byPixel, [batch, channels, height, width]);
    }
  },
};
