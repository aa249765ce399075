import type { Value } from '../../onnx/graph-builder.js';
import { steepSigmoid, type Emission } from '../emission.js';
import type { NodeOf, Strategy } from '../strategy.js';

/**
 * Max pooling of blocked maps in windows of 2×2 that do not overlap, first along rows and then along columns. The gradient goes back
 * as in a knock-out tournament: to the half of the window that won, the first where both are equal, and in it to the winning pixel.
 * That is the first maximum of the window in row-major order, as each half is a row's pair.
 */
export const blockedMaxPool: Strategy<'maxPool'> = {
  name: 'blocked',
  fits: (node, { block }, [input]) => block !== undefined && input.layout === 'blocked' && halves(node, input.shape),
  layouts: { input: 'blocked', output: 'blocked' },
  emit(_node, [input], emission) {
    const { builder, batch, device } = emission;
    const block = device.block!;
    const [height, width, channels] = input.shape;
    const pairs = emitPool(emission, input.value, [1, 2]);
    const output = emitPool(emission, pairs, [2, 1]);
    return {
      output,
      backward(gradient) {
        const lines = (batch * channels * height) / (2 * block);
        const byRow = knockOut(emission, pairs, output, gradient, [lines, (width / 2) * block]);
        const pixels = (batch * channels * height * width) / (2 * block);
        const byPixel = knockOut(emission, input.value, pairs, byRow, [pixels, block]);
        return { inputs: [builder.reshape(byPixel, [batch, channels, height, width])] };
      },
    };
  },
};

const halves = ({ operation }: NodeOf<'maxPool'>, [height, width]: readonly number[]): boolean =>
  [...operation.size, ...operation.strides].every((extent) => extent === 2) &&
  Object.values(operation.padding).every((pad) => pad === 0) &&
  height % 2 === 0 &&
  width % 2 === 0;

function emitPool({ builder }: Emission, map: Value, size: readonly [number, number]): Value {
  return builder.blockedOp('MaxPool', [map], {
    kernel_shape: size,
    strides: size,
    pads: [0, 0, 0, 0],
    dilations: [1, 1],
    ceil_mode: 0,
    auto_pad: 'NOTSET',
  });
}

/**
 * @param entrants pairs of runs of numbers, [matches, 2, run]
 * @param winners the larger of each pair, [matches, run]
 * @param gradient for the winners
 * @returns the gradient for the entrants, [matches, 2, run]
 */
function knockOut(
  { builder }: Emission,
  entrants: Value,
  winners: Value,
  gradient: Value,
  [matches, run]: readonly [number, number],
): Value {
  const first = builder.slice(builder.reshape(entrants, [matches, 2 * run]), { axes: [1], starts: [0], ends: [run] });
  const won = steepSigmoid(builder, builder.sub(first, builder.reshape(winners, [matches, run])), 1);
  const ofAll = builder.reshape(gradient, [matches, run]);
  const toFirst = builder.mul(ofAll, won);
  return builder.op('Concat', [toFirst, builder.sub(ofAll, toFirst)], { axis: 1 });
}
