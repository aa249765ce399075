import type { Shape } from '@reluctant/core';
import type { Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';

/**
 * How a map lies in memory inside the graph. Vectors are always plain.
 *
 * - `plain`: [batch, C, H, W]
 * - `blocked`: [batch, C/b, H, W, b] with b the device's block of channels, as ONNX Runtime's blocked kernels take it; the graph
 *   knows it by the dimensions [batch, C, H, W] all the same.
 */
export type Layout = 'plain' | 'blocked';

/** The same activation in another layout. Its channels must be a multiple of the block. */
export function convertLayout(emission: Emission, value: Value, shape: Shape, from: Layout, to: Layout): Value {
  // A map of one position is the same in every layout.
  if (from === to || shape.length === 1 || shape[0] * shape[1] === 1) return value;
  const { builder } = emission;
  return to === 'blocked'
    ? builder.blockedOp('ReorderInput', [value], { channels_last: 0 })
    : builder.blockedOp('ReorderOutput', [value], { channels: shape[2], channels_last: 0 });
}
