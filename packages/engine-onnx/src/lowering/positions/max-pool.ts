import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import { differenceOfPairs, maxPool } from '../blocked/convolution.js';
import { emitKnockOut, halvesMap, throughPool } from '../max-pool-knock-out.js';
import type { Strategy } from '../strategy.js';

/** Max pooling of maps laid out by positions, in windows of 2×2 that do not overlap. */
export const positionsMaxPool: Strategy<'maxPool'> = {
  name: 'positions',
  fits: (node, { block }, { inputs: [input] }) =>
    block !== undefined && input.layout === 'positions' && input.shape[2] % block === 0 && halvesMap(node, input.shape),
  layouts: { input: 'positions', output: 'positions' },
  emit(_node, [input], emission) {
    const { builder, batch, device } = emission;
    const block = device.block!;
    const [height, width, channels] = input.shape;
    const columnMatches = [(height * width) / 2, batch * channels] as const;
    const rowMatches = [height / 2, (width / 2) * batch * channels] as const;
    const pairs = maxPool(builder, pairsAsMap(builder, input.value, columnMatches, block), [2, 1]);
    const pooled = maxPool(builder, pairsAsMap(builder, pairs, rowMatches, block), [2, 1]);
    const output = builder.reshape(pooled, [(height * width * batch) / 4, channels]);
    return {
      output,
      backward: (gradient) => ({ inputs: [throughPool(emission, input, output, gradient, unpool)] }),
    };

    function unpool(gradient: Value): Value {
      const byRow = emitKnockOut(builder, difference(pairs, rowMatches), gradient, rowMatches);
      const byPosition = emitKnockOut(builder, difference(input.value, columnMatches), byRow, columnMatches);
      return builder.reshape(byPosition, [height * width * batch, channels]);
    }

    function difference(value: Value, matches: readonly [number, number]): Value {
      const map = pairsAsMap(builder, value, matches, block);
      return differenceOfPairs(builder, map, { channels: block, block }, [2, 1]);
    }
  },
};

/** Pairs of runs of numbers, [matches, 2, run], are in memory a blocked map of one block of channels and two rows. */
function pairsAsMap(
  builder: GraphBuilder,
  value: Value,
  [matches, run]: readonly [number, number],
  block: number,
): Value {
  return builder.reshape(value, [matches, block, 2, run / block]);
}
