import type { Shape } from '@reluctant/core';
import type { Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';

/**
 * How a map lies in memory inside the graph. Vectors are always plain.
 *
 * - `plain`: [batch, C, H, W]
 * - `blocked`: [batch, C/b, H, W, b] with b the device's block of channels, as ONNX Runtime's blocked kernels take it; the graph
 *   knows it by the dimensions [batch, C, H, W] all the same.
 * - `positions`: [H · W · batch, C]: the vectors of all images at one position lie together, so that whatever mixes positions is
 *   one matrix product from the left, with [H · W, batch · C], and whatever mixes channels one from the right.
 */
export type Layout = 'plain' | 'blocked' | 'positions';

type Context = Pick<Emission, 'builder' | 'batch' | 'device'>;

/** The same activation in another layout. Its channels must be a multiple of the block where one of them is blocked. */
export function convertLayout(context: Context, value: Value, shape: Shape, from: Layout, to: Layout): Value {
  if (from === to || shape.length === 1) return value;
  const { builder, batch } = context;
  const [height, width, channels] = shape;
  const byPosition = [height * width * batch, channels];
  const byImage = [batch, channels, height, width];
  // A map of one position is the same in every layout, but for its dimensions.
  if (height * width === 1) return builder.reshape(value, to === 'positions' ? byPosition : byImage);
  switch (`${from} ${to}` as const) {
    case 'plain blocked':
      return builder.blockedOp('ReorderInput', [value], { channels_last: 0 });
    case 'blocked plain':
      return builder.blockedOp('ReorderOutput', [value], { channels, channels_last: 0 });
    case 'plain positions':
      return builder.reshape(builder.transpose(value, [2, 3, 0, 1]), byPosition);
    case 'positions plain':
      return builder.transpose(builder.reshape(value, [height, width, batch, channels]), [2, 3, 0, 1]);
    case 'blocked positions': {
      const [blocks, block] = blocksOf(context, channels);
      const split = builder.reshape(value, [batch, blocks, height * width, block]);
      return builder.reshape(builder.transpose(split, [2, 0, 1, 3]), byPosition);
    }
    default: {
      const [blocks, block] = blocksOf(context, channels);
      const split = builder.reshape(value, [height * width, batch, blocks, block]);
      return builder.reshape(builder.transpose(split, [1, 2, 0, 3]), byImage);
    }
  }
}

/** A map as one row for each pixel, image by image: [batch · H · W, C]. */
export function pixelRows({ builder, batch }: Context, value: Value, shape: Shape, from: 'plain' | 'blocked'): Value {
  const [height, width, channels] = shape;
  const lastChannels =
    from === 'plain'
      ? builder.transpose(value, [0, 2, 3, 1])
      : builder.blockedOp('ReorderOutput', [value], { channels, channels_last: 1 });
  return builder.reshape(lastChannels, [batch * height * width, channels]);
}

function blocksOf({ device }: Context, channels: number): [blocks: number, block: number] {
  return [channels / device.block!, device.block!];
}
