import { emitKnockOut, halvesMap } from '../max-pool-knock-out.js';
import type { Strategy } from '../strategy.js';

/** Max pooling of maps laid out as rows, in windows of 2×2 that do not overlap. */
export const rowsMaxPool: Strategy<'maxPool'> = {
  name: 'rows',
  fits: (node, { block }, [input]) => block !== undefined && input.layout === 'rows' && halvesMap(node, input.shape),
  layouts: { input: 'rows', output: 'rows' },
  emit(_node, [input], { builder, batch }) {
    const [height, width, channels] = input.shape;
    const columnMatches = [(batch * height * width) / 2, channels] as const;
    const rowMatches = [(batch * height) / 2, (width / 2) * channels] as const;
    const pairs = larger(input.value, columnMatches);
    const output = larger(pairs, rowMatches);
    return {
      output: builder.reshape(output, [(batch * height * width) / 4, channels]),
      backward(gradient) {
        const byRow = emitKnockOut(builder, pairs, output, gradient, rowMatches);
        const byPixel = emitKnockOut(builder, input.value, pairs, byRow, columnMatches);
        return { inputs: [builder.reshape(byPixel, [batch * height * width, channels])] };
      },
    };

    function larger(value: typeof input.value, [matches, run]: readonly [number, number]): typeof input.value {
      const halves = builder.multiOp('Split', [builder.reshape(value, [matches, 2 * run])], 2, {
        axis: 1,
        num_outputs: 2,
      });
      return builder.op('Max', halves);
    }
  },
};
