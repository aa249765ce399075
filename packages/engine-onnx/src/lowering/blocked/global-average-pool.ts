import type { Strategy } from '../strategy.js';
import { positionMeans } from './convolution.js';

/** Blocked maps → [C], the mean over the positions. */
export const blockedGlobalAveragePool: Strategy<'globalAveragePool'> = {
  name: 'blocked',
  fits: (_node, { block }, { inputs: [input] }) => block !== undefined && input.layout === 'blocked',
  layouts: { input: 'blocked', output: 'plain' },
  emit(_node, [input], { builder, batch, device, dims }) {
    const block = device.block!;
    const [height, width, channels] = input.shape;
    const positions = height * width;
    return {
      output: builder.reshape(positionMeans(builder, input.value), [batch, channels]),
      backward(gradient) {
        const share = builder.mul(gradient, builder.scalar(1 / positions));
        const spread = builder.op('Expand', [
          builder.reshape(share, [(batch * channels) / block, 1, block]),
          builder.integers((batch * channels) / block, positions, block),
        ]);
        return { inputs: [builder.reshape(spread, dims(input.shape))] };
      },
    };
  },
};
