import type { Strategy } from './strategy.js';

/** [H, W, C] → [C], the mean over the positions. */
export const plainGlobalAveragePool: Strategy<'globalAveragePool'> = {
  name: 'plain',
  fits: () => true,
  emit(_node, [input], { builder, batch, dims }) {
    const [height, width, channels] = input.shape;
    return {
      output: builder.reduce('ReduceMean', input.value, [2, 3]),
      backward: (gradient) => {
        const share = builder.mul(gradient, builder.scalar(1 / (height * width)));
        const spread = builder.reshape(share, [batch, channels, 1, 1]);
        return { inputs: [builder.op('Expand', [spread, builder.integers(...dims(input.shape))])] };
      },
    };
  },
};
