import type { Operation } from '@reluctant/core';
import { onnxPads } from './conv2d.js';
import type { Strategy } from './strategy.js';

/** Means over windows; padding does not count. */
export const plainAveragePool: Strategy<'averagePool'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], { builder, batch, dims }) {
    const { size, strides, padding } = node.operation;
    const [height, width] = input.shape;
    const [outHeight, outWidth, channels] = node.shape;
    return {
      output: builder.op('AveragePool', [input.value], { kernel_shape: size, strides, pads: onnxPads(padding) }),
      // Every window hands gradient/count to each of its pixels: a transposed convolution with a kernel of ones, map by map.
      backward: (gradient) => {
        const shares = builder.tensor(windowShares(node.operation, height, width), [1, 1, outHeight, outWidth]);
        const maps = builder.reshape(builder.mul(gradient, shares), [batch * channels, 1, outHeight, outWidth]);
        const ones = builder.ones([1, 1, ...size]);
        const spread = builder.op('ConvTranspose', [maps, ones], {
          kernel_shape: size,
          strides,
          pads: onnxPads(padding),
          output_padding: [
            (height + padding.top + padding.bottom - size[0]) % strides[0],
            (width + padding.left + padding.right - size[1]) % strides[1],
          ],
        });
        return { inputs: [builder.reshape(spread, dims(input.shape))] };
      },
    };
  },
};

/** 1/(number of pixels inside the map) for every window, row-major. */
function windowShares(pool: Extract<Operation, { op: 'averagePool' }>, height: number, width: number): Float32Array {
  const inside = (extent: number, axis: 0 | 1, before: number, after: number) => {
    const windows = Math.floor((extent + before + after - pool.size[axis]) / pool.strides[axis]) + 1;
    return Array.from({ length: windows }, (_, window) => {
      const start = window * pool.strides[axis] - before;
      return Math.min(start + pool.size[axis], extent) - Math.max(start, 0);
    });
  };
  const rows = inside(height, 0, pool.padding.top, pool.padding.bottom);
  const columns = inside(width, 1, pool.padding.left, pool.padding.right);
  return Float32Array.from(rows.flatMap((row) => columns.map((column) => 1 / (row * column))));
}
