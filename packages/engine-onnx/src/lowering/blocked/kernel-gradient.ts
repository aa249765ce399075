import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import type { Convolution } from '../conv2d.js';
import { convolve } from './convolution.js';

/** Whether a convolution's kernel gradient can be had by a blocked convolution: whole blocks of images, no dilation. */
export function computesKernelGradient(of: Convolution, block: number): boolean {
  return of.batch % block === 0 && of.dilation.every((step) => step === 1) && bottomPad(of) >= 0 && rightPad(of) >= 0;
}

const needed = (of: Convolution, axis: number): number => (of.output[axis] - 1) * of.strides[axis] + of.kernel[axis];
const bottomPad = (of: Convolution): number => needed(of, 0) - of.input[0] - of.padding.top;
const rightPad = (of: Convolution): number => needed(of, 1) - of.input[1] - of.padding.left;

/**
 * Loss gradient for a blocked convolution's kernel, as a convolution itself: dW[k,c,i,j] = Σ x[n,c,·+i,·+j] · dy[n,k,·,·] slides the
 * output's gradient over the input. Images take the place of channels (b of them are contracted in a block), the input's channels
 * lie along its columns, and groups are the blocks of images, whose results are then added up.
 *
 * @param input [batch, C, H, W], blocked
 * @param gradient [batch, K, height, width], blocked
 * @returns in the layout of blocked kernels
 */
export function emitKernelGradient(
  builder: GraphBuilder,
  of: Convolution,
  block: number,
  input: Value,
  gradient: Value,
): Value {
  const groups = of.batch / block;
  const [inputs, outputs] = [of.input[2] / block, of.output[2] / block];
  const [height, width] = of.input;
  const [outHeight, outWidth] = of.output;
  const [kernelHeight, kernelWidth] = of.kernel;

  // [groups, C/b, H, W, b of C, b of images] → [C/b, groups, H, padded W · b, b of images]
  const pixel = block * block;
  const images = builder.blockedOp(
    'ReorderInput',
    [builder.reshape(input, [groups, block, inputs * height * width * block, 1])],
    { channels_last: 0 },
  );
  const lines = swapped(builder, images, [groups, inputs, height * width * pixel]);
  const zeros = (columns: number) =>
    columns === 0 ? [] : [builder.zeros([inputs * groups * height, columns * pixel])];
  const line = builder.reshape(lines, [inputs * groups * height, width * pixel]);
  // Joined with constants instead of padded, which takes a third longer.
  const padded = builder.op('Concat', [...zeros(of.padding.left), line, ...zeros(rightPad(of))], { axis: 1 });
  const paddedWidth = of.padding.left + width + rightPad(of);
  const slid = builder.reshape(padded, [inputs, groups * block, height, paddedWidth * block]);

  // [groups, b of images, K/b, pixels, b of K] → [groups, K/b, pixels, b of images, b of K]: channels of 16 numbers each, as it were,
  // brought together from last to blocked, which takes less time than a transposition.
  const perImage = builder.reshape(gradient, [groups, block, 1, outputs * outHeight * outWidth * block]);
  const filter = builder.reshape(builder.blockedOp('ReorderInput', [perImage], { channels_last: 1 }), [
    groups * of.output[2],
    block,
    outHeight,
    outWidth,
  ]);
  const parts = convolve(builder, [slid, filter], {
    kernel: [outHeight, outWidth],
    dilation: [of.strides[0], of.strides[1] * block],
    padding: { top: of.padding.top, bottom: bottomPad(of), left: 0, right: 0 },
    group: groups,
  });
  const tap = kernelHeight * kernelWidth * pixel;
  const summed =
    groups === 1
      ? parts
      : builder.op('MatMul', [builder.ones([1, groups]), builder.reshape(parts, [inputs, groups, outputs * tap])]);
  return builder.reshape(swapped(builder, summed, [inputs, outputs, tap]), [
    of.output[2],
    of.input[2],
    kernelHeight,
    kernelWidth,
  ]);
}

/** [a, b, c] → [b, a, c] */
function swapped(builder: GraphBuilder, value: Value, [a, b, c]: readonly [number, number, number]): Value {
  if (a === 1 || b === 1) return builder.reshape(value, [b, a, c]);
  return builder.transpose(builder.reshape(value, [a, b, c]), [1, 0, 2]);
}
