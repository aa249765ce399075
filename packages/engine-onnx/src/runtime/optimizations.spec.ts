import { describe, expect, it } from 'vitest';
import { GraphBuilder, type Value } from '../onnx/graph-builder.js';
import { openRuntime } from './open-runtime.js';
import type { Runtime } from './runtime.js';

/** The last value that `emit` makes of a map [1, 2, 2, 1] (channels last), as ONNX Runtime computes it after its optimizations. */
async function run(
  runtime: Runtime,
  pixels: readonly number[],
  dims: readonly number[],
  emit: (b: GraphBuilder, x: Value) => Value,
) {
  const builder = new GraphBuilder();
  builder.output('y', emit(builder, builder.input('x', [1, 2, 2, 1])), dims);
  const runner = await runtime.load(builder.build(), { threads: 1, spinning: 0 });
  const { y } = await runner.run({ x: runtime.tensor(Float32Array.from(pixels), [1, 2, 2, 1]) }, { y: null });
  await runner.release();
  return Array.from(y.data as Float32Array);
}

describe.each(['native', 'stock'] as const)("ONNX Runtime's graph optimizations, %s runtime", (kind) => {
  const opened = openRuntime({ runtime: kind, provider: 'cpu' });

  it.each([1, 2])('leave zeros of %i pixels before a max pool what they are', async (pixels) => {
    const side = 2 + 2 * pixels;
    const window = { kernel_shape: [2, 2], strides: [1, 1] };
    const pooled = await run(await opened, [-1, -2, -3, -4], [1, 1, side - 1, side - 1], (builder, x) => {
      const maps = builder.transpose(x, [0, 3, 1, 2]);
      return builder.op('MaxPool', [builder.zeroPad(maps, [0, 0, pixels, pixels], [0, 0, pixels, pixels])], window);
    });
    // Only the window that holds nothing but the image has a maximum below zero.
    const centre = (pooled.length - 1) / 2;
    expect(pooled).toEqual(pooled.map((_, i) => (i === centre ? -1 : 0)));
  });

  it('move transpositions through a padding', async () => {
    const turned = await run(await opened, [1, 2, 3, 4], [1, 2, 3, 1], (builder, x) => {
      const maps = builder.transpose(x, [0, 3, 1, 2]);
      return builder.transpose(builder.zeroPad(maps, [0, 0, 0, 1], [0, 0, 0, 0]), [0, 2, 3, 1]);
    });
    expect(turned).toEqual([0, 1, 2, 0, 3, 4]);
  });
});
