import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import { emitBatchNorm, type PerChannel } from '../batch-norm.js';
import type { Strategy } from '../strategy.js';
import { columnSums } from './sums.js';

/** Batch normalisation of maps laid out by positions, where a channel is a column. */
export const positionsBatchNorm: Strategy<'batchNorm'> = {
  name: 'positions',
  fits: (_node, { block }, { inputs: [input] }) => block !== undefined && input.layout === 'positions',
  layouts: { input: 'positions', output: 'positions' },
  emit(node, [input], emission) {
    const [height, width, channels] = node.shape;
    const { builder, batch } = emission;
    return emitBatchNorm(node, input, emission, columns(builder, height * width, batch, channels));
  },
};

function columns(builder: GraphBuilder, positions: number, batch: number, channels: number): PerChannel {
  // First over positions, then over images: faster than all rows at once, and with smaller sums of fewer terms.
  const sum = (value: Value) => {
    const perImage = columnSums(builder, builder.reshape(value, [positions, batch * channels]), positions);
    return columnSums(builder, builder.reshape(perImage, [batch, channels]), batch);
  };
  return {
    sum,
    mean: (value) => builder.mul(sum(value), builder.scalar(1 / (positions * batch))),
    spread: (value) => value,
    affine: (value, scale, shift) => builder.add(builder.mul(value, scale), shift),
  };
}
