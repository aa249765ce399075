import type { Shape } from '@reluctant/core';
import type { Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';

/**
 * How a map lies in memory inside the graph. Vectors are always plain.
 *
 * - `plain`: [batch, C, H, W]
 * - `blocked`: [batch, C/b, H, W, b] with b the device's block of channels, as ONNX Runtime's blocked kernels take it; the graph
 *   knows it by the dimensions [batch, C, H, W] all the same.
 * - `rows`: [batch · H · W, C]
 */
export type Layout = 'plain' | 'blocked' | 'rows';

/** The same activation in another layout. Its channels must be a multiple of the block where one of them is blocked. */
export function convertLayout(
  { builder, batch }: Pick<Emission, 'builder' | 'batch'>,
  value: Value,
  shape: Shape,
  from: Layout,
  to: Layout,
): Value {
  if (from === to || shape.length === 1) return value;
  const [height, width, channels] = shape;
  const rows = [batch * height * width, channels];
  const lastChannels = [batch, height, width, channels];
  // A map of one position is the same in every layout, but for its dimensions.
  if (height * width === 1) return builder.reshape(value, to === 'rows' ? rows : [batch, channels, height, width]);
  const reorder = (operand: Value, channels_last: 0 | 1) =>
    builder.blockedOp('ReorderInput', [operand], { channels_last });
  const restore = (operand: Value, channels_last: 0 | 1) =>
    builder.blockedOp('ReorderOutput', [operand], { channels, channels_last });
  switch (`${from} ${to}` as const) {
    case 'plain blocked':
      return reorder(value, 0);
    case 'rows blocked':
      return reorder(builder.reshape(value, lastChannels), 1);
    case 'blocked plain':
      return restore(value, 0);
    case 'blocked rows':
      return builder.reshape(restore(value, 1), rows);
    case 'plain rows':
      return builder.reshape(builder.transpose(value, [0, 2, 3, 1]), rows);
    default:
      return builder.transpose(builder.reshape(value, lastChannels), [0, 3, 1, 2]);
  }
}
