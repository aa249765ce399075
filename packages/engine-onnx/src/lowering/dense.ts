import type { Strategy } from './strategy.js';

/** y = x·W + b for rows x. */
export const plainDense: Strategy<'dense'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], emission) {
    const { builder } = emission;
    const { kernel: kernelName, bias: biasName } = node.operation;
    const kernel = emission.parameter(kernelName);
    const operands =
      biasName === undefined ? [input.value, kernel] : [input.value, kernel, emission.parameter(biasName)];
    return {
      output: builder.op('Gemm', operands),
      backward: (gradient) => ({
        inputs: [builder.op('Gemm', [gradient, kernel], { transB: 1 })],
        parameters: {
          [kernelName]: builder.op('Gemm', [input.value, gradient], { transA: 1 }),
          ...(biasName !== undefined && { [biasName]: builder.reduce('ReduceSum', gradient, [0]) }),
        },
      }),
    };
  },
};
