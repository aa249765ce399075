import type { Shape } from '@reluctant/core';
import { maxPool, positionDot, positionMeans } from '../lowering/blocked/convolution.js';
import type { Emission } from '../lowering/emission.js';
import type { Activation } from '../lowering/strategy.js';
import type { Value } from '../onnx/graph-builder.js';

/** A number for every image and unit, in this order. */
export interface PerImage {
  readonly value: Value;
  readonly dims: readonly number[];
  /** What the host has to multiply it by. */
  readonly scale: number;
}

/** Sums and maxima over the positions of every image, as each layout has them cheapest. */
export interface MapReducer {
  sum(of: Value): PerImage;
  sumSquares(of: Value): PerImage;
  max(of: Value): PerImage;
}

/** The reducer for an activation's layout and shape. */
export function mapReducer(emission: Emission, { shape, layout }: Omit<Activation, 'value'>): MapReducer {
  if (layout === 'blocked') return blockedReducer(emission, shape);
  return layout === 'positions' ? positionsReducer(emission, shape) : plainReducer(emission, shape);
}

function plainReducer({ builder, batch }: Emission, shape: Shape): MapReducer {
  const units = shape.at(-1)!;
  const reduce = (operator: 'ReduceSum' | 'ReduceMax', value: Value): PerImage => ({
    value: builder.reduce(operator, builder.reshape(value, [batch, units, -1]), [2]),
    dims: [batch, units],
    scale: 1,
  });
  return {
    sum: (value) => reduce('ReduceSum', value),
    // `ReduceSumSquare` takes longer than a product and a plain sum.
    sumSquares: (value) => reduce('ReduceSum', builder.mul(value, value)),
    max: (value) => reduce('ReduceMax', value),
  };
}

function blockedReducer({ builder, batch }: Emission, shape: Shape): MapReducer {
  const [height, width, units] = shape;
  const dims = [batch, units, 1, 1];
  return {
    sum: (value) => ({ value: positionMeans(builder, value), dims, scale: height * width }),
    sumSquares: (value) => ({
      value: positionDot(builder, batch, shape, value, value),
      dims: [1, batch * units, 1, 1],
      scale: 1,
    }),
    max: (value) => ({ value: builder.blockedOp('GlobalMaxPool', [value]), dims, scale: 1 }),
  };
}

/** Into so many bands of rows a map is split for its maximum. */
const BANDS = 4;

function positionsReducer({ builder, batch, device }: Emission, [height, width, units]: Shape): MapReducer {
  const positions = height * width;
  const line = batch * units;
  const lines = (value: Value) => builder.reshape(value, [positions, line]);
  const sum = (value: Value): PerImage => ({
    value: builder.op('MatMul', [builder.ones([1, positions]), lines(value)]),
    dims: [1, line],
    scale: 1,
  });
  return {
    sum,
    sumSquares: (value) => sum(builder.mul(value, value)),
    max(value) {
      const block = device.block!;
      if (line % block !== 0) return { value: builder.reduce('ReduceMax', lines(value), [0]), dims: [line], scale: 1 };
      // In memory it is a blocked map of one block of channels, in whose columns it is pooled: three times as fast, and in bands
      // first, which several threads share.
      const bands = positions % BANDS === 0 ? BANDS : 1;
      const map = builder.reshape(value, [1, block, positions, line / block]);
      const pooled = maxPool(builder, maxPool(builder, map, [positions / bands, 1]), [bands, 1]);
      return { value: pooled, dims: [1, block, 1, line / block], scale: 1 };
    },
  };
}
