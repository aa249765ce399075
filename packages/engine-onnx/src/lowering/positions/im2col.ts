import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import type { Convolution } from '../conv2d.js';
import { tapPositions } from './tap-positions.js';
import { columnSums } from './sums.js';

/**
 * What every output position meets under every tap, and 1 at the end: [output positions, taps · channels + 1, line] from
 * [input positions, channels, line], whatever a line is; zeros where a tap lies on the padding.
 */
export function gatherTaps(builder: GraphBuilder, of: Convolution, map: Value, line: number): Value {
  const [inputs, outputs] = positionCounts(of);
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
  const constants = builder.tensor(new Float32Array(2 * line).fill(1, line), [2, line]);
  const lines = builder.op('Concat', [builder.reshape(map, [inputs * channels, line]), constants], { axis: 0 });
  return builder.reshape(builder.gatherRows(lines, places), [outputs, rows, line]);
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
  const withZeros = builder.op('Concat', [columns, builder.zeros([1, line])], { axis: 0 });
  const terms = builder.gatherRows(withZeros, places);
  const sums = columnSums(builder, builder.reshape(terms, [taps.length, inputs * line]), taps.length);
  return builder.reshape(sums, [inputs, line]);
}

function positionCounts(of: Convolution): [inputs: number, outputs: number] {
  return [of.input[0] * of.input[1], of.output[0] * of.output[1]];
}
