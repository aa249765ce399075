import type { Value } from '../../onnx/graph-builder.js';
import { emitKnockOut, halvesMap } from '../max-pool-knock-out.js';
import type { Strategy } from '../strategy.js';

/** Max pooling of maps laid out by positions, in windows of 2×2 that do not overlap. */
export const positionsMaxPool: Strategy<'maxPool'> = {
  name: 'positions',
  fits: (node, { block }, [input]) =>
    block !== undefined && input.layout === 'positions' && halvesMap(node, input.shape),
  layouts: { input: 'positions', output: 'positions' },
  emit(_node, [input], { builder, batch }) {
    const [height, width, channels] = input.shape;
    const columnMatches = [(height * width) / 2, batch * channels] as const;
    const rowMatches = [height / 2, (width / 2) * batch * channels] as const;
    const pairs = larger(input.value, columnMatches);
    const output = larger(pairs, rowMatches);
    return {
      output: builder.reshape(output, [(height * width * batch) / 4, channels]),
      backward(gradient) {
        const byRow = emitKnockOut(builder, pairs, output, gradient, rowMatches);
        const byPosition = emitKnockOut(builder, input.value, pairs, byRow, columnMatches);
        return { inputs: [builder.reshape(byPosition, [height * width * batch, channels])] };
      },
    };

    function larger(value: Value, [matches, run]: readonly [number, number]): Value {
      const halves = builder.multiOp('Split', [builder.reshape(value, [matches, 2 * run])], 2, {
        axis: 1,
        num_outputs: 2,
      });
      return builder.op('Max', halves);
    }
  },
};
