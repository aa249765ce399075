import type { Padding, Shape } from '@reluctant/core';
import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import { onnxPads } from '../conv2d.js';

/** Attributes of a blocked convolution, all of which its kernel wants. */
export interface ConvolutionAttributes {
  readonly kernel: readonly [number, number];
  readonly strides?: readonly number[];
  readonly dilation?: readonly number[];
  readonly padding?: Padding;
  readonly group?: number;
}

const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** A blocked convolution. */
export function convolve(builder: GraphBuilder, operands: readonly (Value | '')[], of: ConvolutionAttributes): Value {
  return builder.blockedOp('Conv', operands, {
    kernel_shape: of.kernel,
    strides: of.strides ?? [1, 1],
    dilations: of.dilation ?? [1, 1],
    pads: onnxPads(of.padding ?? NO_PADDING),
    group: of.group ?? 1,
    auto_pad: 'NOTSET',
  });
}

/** x·scale + shift with [channels] of each, as one depthwise 1×1 convolution. */
export function affine(builder: GraphBuilder, map: Value, channels: number, scale: Value, shift?: Value): Value {
  const kernel = builder.reshape(scale, [channels, 1, 1, 1]);
  return convolve(builder, shift === undefined ? [map, kernel] : [map, kernel, shift], {
    kernel: [1, 1],
    group: channels,
  });
}

/** Mean over the positions of every image, [batch, C, 1, 1], of a blocked map. */
export function positionMeans(builder: GraphBuilder, map: Value): Value {
  return builder.blockedOp('GlobalAveragePool', [map]);
}

/**
 * Σ a·b over the positions of every image, [1, batch · C, 1, 1], of two blocked maps. It is a depthwise convolution with as many channels as
 * there are in the batch, in which each map of `a` meets the one of `b` as its kernel: both are read once and nothing else is
 * written, where a product and a mean would write the product and read it again.
 */
export function positionDot(builder: GraphBuilder, batch: number, shape: Shape, a: Value, b: Value): Value {
  const [height, width, channels] = shape;
  const maps = batch * channels;
  const data = builder.reshape(a, [1, maps, height, width]);
  const kernels = builder.reshape(b, [maps, 1, height, width]);
  return convolve(builder, [data, kernels], { kernel: [height, width], group: maps });
}

/** Σ over images, [C], of a number for every image and channel times a weight. */
function imageSum(builder: GraphBuilder, batch: number, [, , channels]: Shape, perImage: Value, weight: number): Value {
  const weights = builder.tensor(new Float32Array(batch).fill(weight), [1, batch]);
  const sums = builder.op('MatMul', [weights, builder.reshape(perImage, [batch, channels])]);
  return builder.reshape(sums, [channels]);
}

/** Sum over images and positions, [C], of a blocked map. */
export function channelSum(builder: GraphBuilder, batch: number, shape: Shape, map: Value): Value {
  return imageSum(builder, batch, shape, positionMeans(builder, map), shape[0] * shape[1]);
}

/** Mean over images and positions, [C], of a blocked map. */
export function channelMean(builder: GraphBuilder, batch: number, shape: Shape, map: Value): Value {
  return imageSum(builder, batch, shape, positionMeans(builder, map), 1 / batch);
}

/** Mean over images and positions, [C], of the product of two blocked maps. */
export function channelMeanProduct(builder: GraphBuilder, batch: number, shape: Shape, a: Value, b: Value): Value {
  const sums = positionDot(builder, batch, shape, a, b);
  return imageSum(builder, batch, shape, sums, 1 / (batch * shape[0] * shape[1]));
}

/** Max pooling without padding, whose windows lie side by side unless strides are given. */
export function maxPool(
  builder: GraphBuilder,
  map: Value,
  size: readonly [number, number],
  strides: readonly [number, number] = size,
): Value {
  return builder.blockedOp('MaxPool', [map], {
    kernel_shape: size,
    strides,
    pads: [0, 0, 0, 0],
    dilations: [1, 1],
    ceil_mode: 0,
    auto_pad: 'NOTSET',
  });
}

/** First − second of neighbours along one axis, as a depthwise convolution with the kernel (1, −1). */
export function differenceOfPairs(
  builder: GraphBuilder,
  map: Value,
  { channels, block }: { readonly channels: number; readonly block: number },
  size: readonly [1, 2] | readonly [2, 1],
): Value {
  // In a blocked kernel the weights of a block's channels lie together, for one tap after the other.
  const kernel = Float32Array.from({ length: 2 * channels }, (_, i) => (Math.floor(i / block) % 2 === 0 ? 1 : -1));
  return convolve(builder, [map, builder.tensor(kernel, [channels, 1, ...size])], {
    kernel: size,
    strides: size,
    group: channels,
  });
}
