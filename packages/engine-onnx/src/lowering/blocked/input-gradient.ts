import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import type { Convolution } from '../conv2d.js';
import { convolve } from './convolution.js';

/** Whether a convolution's input gradient can be had by a blocked convolution. */
export function computesInputGradient(of: Convolution): boolean {
  if (of.strides.every((stride) => stride === 1)) return reversedPads(of).every((pad) => pad >= 0);
  return (
    of.strides.every((stride) => stride === 2) &&
    of.dilation.every((step) => step === 1) &&
    of.input.slice(0, 2).every((extent) => extent % 2 === 0) &&
    [0, 1].every((axis) => phaseWindow(of, axis).after >= 0)
  );
}

/**
 * Loss gradient for a blocked convolution's input.
 *
 * With stride 1: the output's gradient convolved with the kernel turned by 180° and its channels swapped. With stride 2 the input's
 * pixels fall into four phases, by whether row and column are even or odd, each of which met its own taps of the kernel: the four
 * are computed as one convolution of the output's gradient with four times the channels, and then interleaved.
 */
export function emitInputGradient(
  builder: GraphBuilder,
  of: Convolution,
  block: number,
  kernel: Value,
  gradient: Value,
): Value {
  const taps = swappedTaps(builder, of, block, kernel);
  if (of.strides[0] === 1) return stride1(builder, of, block, taps, gradient);
  return stride2(builder, of, block, taps, gradient);
}

const reach = (of: Convolution): number[] => of.kernel.map((size, axis) => (size - 1) * of.dilation[axis]);

/** [top, left, bottom, right] */
function reversedPads(of: Convolution): number[] {
  const { top, left, bottom, right } = of.padding;
  return [top, left, bottom, right].map((pad, i) => reach(of)[i % 2] - pad);
}

/** The kernel as rows of b·b weights, [K/b · C/b · taps, b of K, b of C]. */
function swappedTaps(builder: GraphBuilder, of: Convolution, block: number, kernel: Value): Value {
  const matrices = (of.output[2] / block) * (of.input[2] / block) * of.kernel[0] * of.kernel[1];
  const swapped = builder.blockedOp('ReorderInput', [builder.reshape(kernel, [matrices, block, block, 1])], {
    channels_last: 0,
  });
  return builder.reshape(swapped, [matrices, block * block]);
}

function stride1(builder: GraphBuilder, of: Convolution, block: number, taps: Value, gradient: Value): Value {
  const [height, width] = of.kernel;
  const [inputs, outputs] = [of.input[2] / block, of.output[2] / block];
  const rows: number[] = [];
  for (let c = 0; c < inputs; c++) {
    for (let k = 0; k < outputs; k++) {
      for (let tap = height * width - 1; tap >= 0; tap--) rows.push((k * inputs + c) * height * width + tap);
    }
  }
  const turned = builder.gatherRows(taps, rows);
  const [top, left, bottom, right] = reversedPads(of);
  return convolve(builder, [gradient, builder.reshape(turned, [of.input[2], of.output[2], height, width])], {
    kernel: [height, width],
    dilation: of.dilation,
    padding: { top, left, bottom, right },
  });
}

/** Which offsets u of the output meet an input pixel 2y + phase, as output pixel y + u: those of some phase. */
function phaseWindow(of: Convolution, axis: number): { first: number; size: number; before: number; after: number } {
  const pad = axis === 0 ? of.padding.top : of.padding.left;
  const first = Math.min(0, Math.ceil((pad - of.kernel[axis] + 1) / 2));
  const last = Math.max(0, Math.floor((1 + pad) / 2));
  const size = last - first + 1;
  return { first, size, before: -first, after: of.input[axis] / 2 - of.output[axis] + first + size - 1 };
}

function stride2(builder: GraphBuilder, of: Convolution, block: number, taps: Value, gradient: Value): Value {
  const [kernelHeight, kernelWidth] = of.kernel;
  const [inputs, outputs] = [of.input[2] / block, of.output[2] / block];
  const [rows, columns] = [phaseWindow(of, 0), phaseWindow(of, 1)];
  const zeroTap = outputs * inputs * kernelHeight * kernelWidth;
  const tapOf = (axis: number, phase: number, u: number): number | undefined => {
    const tap = phase + (axis === 0 ? of.padding.top : of.padding.left) - 2 * u;
    return tap >= 0 && tap < of.kernel[axis] ? tap : undefined;
  };
  const indices: number[] = [];
  for (const phase of [0, 1, 2, 3]) {
    for (let c = 0; c < inputs; c++) {
      for (let k = 0; k < outputs; k++) {
        for (let u = 0; u < rows.size; u++) {
          for (let v = 0; v < columns.size; v++) {
            const i = tapOf(0, phase >> 1, rows.first + u);
            const j = tapOf(1, phase & 1, columns.first + v);
            const met = i !== undefined && j !== undefined;
            indices.push(met ? ((k * inputs + c) * kernelHeight + i) * kernelWidth + j : zeroTap);
          }
        }
      }
    }
  }
  const withZeros = builder.op('Concat', [taps, builder.zeros([1, block * block])], { axis: 0 });
  const kernel = builder.reshape(builder.gatherRows(withZeros, indices), [
    4 * of.input[2],
    of.output[2],
    rows.size,
    columns.size,
  ]);
  const phases = convolve(builder, [gradient, kernel], {
    kernel: [rows.size, columns.size],
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
  });
  const [height, width, channels] = of.input;
  const split = builder.reshape(phases, [of.batch, 2, 2, inputs, height / 2, width / 2, block]);
  return builder.reshape(builder.transpose(split, [0, 3, 4, 1, 5, 2, 6]), [of.batch, channels, height, width]);
}
