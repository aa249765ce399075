import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import type { Convolution } from '../conv2d.js';
import { tapPositions } from './tap-positions.js';
import { columnSums, sumPlaced } from './sums.js';

/**
 * What every output position of a convolution meets under every tap, as a matrix for each: [positions, taps · channels + 1, batch].
 * There are zeros where a tap lies on the padding; the last row is of ones, for the bias.
 *
 * @param map [batch, C, H, W]
 */
export function gatherColumns(builder: GraphBuilder, of: Convolution, map: Value): Value {
  const [inputs, outputs] = positionCounts(of);
  const { batch } = of;
  const channels = of.input[2];
  const taps = tapPositions(of);
  const [zeros, ones] = [inputs * channels, inputs * channels + 1];
  const rows = taps.length * channels + 1;
  const places = new Int32Array(outputs * rows).fill(zeros);
  taps.forEach(({ inputs: from, outputs: to }, tap) => {
    to.forEach((position, i) => {
      for (let channel = 0; channel < channels; channel++) {
        places[position * rows + tap * channels + channel] = from[i] * channels + channel;
      }
    });
  });
  for (let position = 0; position < outputs; position++) places[(position + 1) * rows - 1] = ones;
  const constants = builder.tensor(new Float32Array(2 * batch).fill(1, batch), [2, batch]);
  const byPosition = builder.reshape(builder.transpose(map, [2, 3, 1, 0]), [inputs * channels, batch]);
  const lines = builder.op('Concat', [byPosition, constants], { axis: 0 });
  return builder.reshape(builder.gatherRows(lines, places), [outputs, rows, batch]);
}

/**
 * The gradients for the kernel, [taps · channels, out], and for the bias, [out].
 *
 * @param columns as `gatherColumns` gave them
 * @param gradient of the output, by positions
 */
export function columnsGradient(
  builder: GraphBuilder,
  of: Convolution,
  columns: Value,
  gradient: Value,
): { kernel: Value; bias: Value } {
  const [, positions] = positionCounts(of);
  const rows = of.kernel[0] * of.kernel[1] * of.input[2] + 1;
  const outputs = of.output[2];
  const byPosition = builder.reshape(gradient, [positions, of.batch, outputs]);
  const products = builder.reshape(builder.op('MatMul', [columns, byPosition]), [positions, rows * outputs]);
  const sums = builder.reshape(columnSums(builder, products, positions), [rows, outputs]);
  const part = (start: number, end: number) => builder.slice(sums, { axes: [0], starts: [start], ends: [end] });
  return { kernel: part(0, rows - 1), bias: builder.reshape(part(rows - 1, rows), [outputs]) };
}

/** The way back for gradients: adds up at every input position what the taps that met it say, [output positions · taps, line]. */
export function scatterTaps(builder: GraphBuilder, of: Convolution, columns: Value, line: number): Value {
  const [inputs, outputs] = positionCounts(of);
  const taps = tapPositions(of);
  const absent = outputs * taps.length;
  const places = new Int32Array(taps.length * inputs).fill(absent);
  taps.forEach(({ inputs: from, outputs: to }, tap) => {
    from.forEach((position, i) => (places[tap * inputs + position] = to[i] * taps.length + tap));
  });
  return sumPlaced(builder, [columns], places, [taps.length, inputs, line]);
}

function positionCounts(of: Convolution): [inputs: number, outputs: number] {
  return [of.input[0] * of.input[1], of.output[0] * of.output[1]];
}
