import { convolve } from '../lowering/blocked/convolution.js';
import { blockedKernelLayout } from '../lowering/blocked/kernel-layout.js';
import { GraphBuilder } from '../onnx/graph-builder.js';

/** Blocks of channels that ONNX Runtime has kernels for: 16 with AVX-512, 8 with AVX and on other processors. */
const BLOCKS = [16, 8] as const;
const CHANNELS = 16;
const SIDE = 4;

/** Runs a model on one input `x` and gives its output `y`. Throws where the runtime refuses it. */
export type RunProbe = (model: Uint8Array, x: Float32Array, dims: readonly number[]) => Promise<Float32Array>;

/**
 * The number of channels in a block of the runtime's blocked kernels on this processor, found by looking how a map is reordered.
 * Undefined where they are missing or fail their self-check: a convolution with bias, residual and ReLU against the standard operators.
 */
export async function detectBlock(run: RunProbe): Promise<number | undefined> {
  const dims = [1, CHANNELS, SIDE, SIDE];
  const x = Float32Array.from({ length: CHANNELS * SIDE * SIDE }, (_, i) => Math.sin(i));
  try {
    const reordered = await run(reorderModel(dims), x, dims);
    const block = BLOCKS.find((size) => reordered.every((value, i) => value === x[sourceOf(i, size)]));
    if (block === undefined) return undefined;
    const differences = await run(selfCheckModel(dims, block), x, dims);
    return differences.every((difference) => Math.abs(difference) < 1e-4) ? block : undefined;
  } catch {
    // Not a failure: another build of the runtime, or another provider, need not have these internal operators.
    return undefined;
  }
}

/** Where the number at place i of the blocked map stood in the plain one. */
function sourceOf(i: number, block: number): number {
  const positions = SIDE * SIDE;
  const channel = Math.floor(i / (positions * block)) * block + (i % block);
  return channel * positions + (Math.floor(i / block) % positions);
}

function reorderModel(dims: readonly number[]): Uint8Array {
  const builder = new GraphBuilder();
  builder.output('y', builder.blockedOp('ReorderInput', [builder.input('x', dims)], { channels_last: 0 }), dims);
  return builder.build();
}

function selfCheckModel(dims: readonly number[], block: number): Uint8Array {
  const builder = new GraphBuilder();
  const shape = [3, 3, CHANNELS, CHANNELS];
  const kernel = Float32Array.from({ length: 9 * CHANNELS * CHANNELS }, (_, i) => Math.cos(i) / 8);
  const bias = builder.tensor(
    Float32Array.from({ length: CHANNELS }, (_, i) => i / 10 - 1),
    [CHANNELS],
  );
  const kernelDims = [CHANNELS, CHANNELS, 3, 3];
  const layout = blockedKernelLayout(block);
  const x = builder.input('x', dims);

  const map = builder.blockedOp('ReorderInput', [x], { channels_last: 0 });
  const packed = builder.tensor(layout.pack(kernel, shape), kernelDims);
  const convolution = convolve(builder, [map, packed, bias], {
    kernel: [3, 3],
    padding: { top: 1, left: 1, bottom: 1, right: 1 },
  });
  const blocked = builder.op('Relu', [builder.sum(convolution, map)]);

  const plainKernel = builder.transpose(builder.tensor(kernel, shape), [3, 2, 0, 1]);
  const plain = builder.op('Conv', [x, plainKernel, bias], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
  const expected = builder.op('Relu', [builder.add(plain, x)]);
  const back = builder.blockedOp('ReorderOutput', [blocked], { channels: CHANNELS, channels_last: 0 });
  builder.output('y', builder.sub(back, expected), dims);
  return builder.build();
}
