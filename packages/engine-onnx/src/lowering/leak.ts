import { scaleChannels } from './scale-channels.js';
import type { Strategy } from './strategy.js';

/** y + slope·min(x, 0) of a ReLU's input x and output y; the derivative at 0 is the slope. The slope itself gets no gradient. */
export const plainLeak: Strategy<'leak'> = {
  name: 'plain',
  fits: () => true,
  layouts: 'any',
  emit(node, [input, rectified], emission) {
    const { builder } = emission;
    const slope = emission.parameter(node.operation.slope);
    const below = builder.op('Min', [input.value, builder.scalar(0)]);
    return {
      output: builder.sum(scaleChannels(emission, { ...input, value: below }, slope), rectified.value),
      backward: (gradient) => {
        const off = builder.sub(builder.scalar(1), emission.firing(rectified.value));
        const leaked = scaleChannels(emission, { ...input, value: builder.mul(gradient, off) }, slope);
        return { inputs: [leaked, gradient] };
      },
    };
  },
};
