import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { GraphBuilder, type Value } from '../onnx/graph-builder.js';
import { createGraphRunner } from './graph-runner.js';

/** The last value that `emit` makes of a map [1, 2, 2, 1] (channels last), as ONNX Runtime computes it after its optimizations. */
async function run(pixels: readonly number[], dims: readonly number[], emit: (b: GraphBuilder, x: Value) => Value) {
  const builder = new GraphBuilder();
  builder.output('y', emit(builder, builder.input('x', [1, 2, 2, 1])), dims);
  const runner = await createGraphRunner(ort, builder.build(), { threads: 1, spinning: false });
  const { y } = await runner.run({ x: new ort.Tensor('float32', [...pixels], [1, 2, 2, 1]) }, { y: null });
  await runner.release();
  return Array.from(y.data as Float32Array);
}

describe("ONNX Runtime's graph optimizations", () => {
  it.each([1, 2])('leave zeros of %i pixels before a max pool what they are', async (pixels) => {
    const side = 2 + 2 * pixels;
    const window = { kernel_shape: [2, 2], strides: [1, 1] };
    const pooled = await run([-1, -2, -3, -4], [1, 1, side - 1, side - 1], (builder, x) => {
      const maps = builder.transpose(x, [0, 3, 1, 2]);
      return builder.op('MaxPool', [builder.zeroPad(maps, [0, 0, pixels, pixels], [0, 0, pixels, pixels])], window);
    });
    // Only the window that holds nothing but the image has a maximum below zero.
    const centre = (pooled.length - 1) / 2;
    expect(pooled).toEqual(pooled.map((_, i) => (i === centre ? -1 : 0)));
  });

  it('move transpositions through a padding', async () => {
    const turned = await run([1, 2, 3, 4], [1, 2, 3, 1], (builder, x) => {
      const maps = builder.transpose(x, [0, 3, 1, 2]);
      return builder.transpose(builder.zeroPad(maps, [0, 0, 0, 1], [0, 0, 0, 0]), [0, 2, 3, 1]);
    });
    expect(turned).toEqual([0, 1, 2, 0, 3, 4]);
  });
});
