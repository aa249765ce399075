import { drawDropoutMask } from '@reluctant/core';
import type { DropoutMask } from '../lowering/emission.js';
import { permutedLayout } from '../lowering/parameter-layout.js';

const channelsFirst = permutedLayout([0, 3, 1, 2]);

/**
 * A mask as every engine draws it, laid out as maps are here.
 *
 * @returns [batch, C, H, W] or [batch, F]
 */
export function layOutDropoutMask(mask: DropoutMask, batch: number, seed: number, step: number): Float32Array {
  const shape = [batch, ...mask.shape];
  const length = shape.reduce((product, size) => product * size, 1);
  const drawn = drawDropoutMask(mask.node, { seed, step, length, rate: mask.rate });
  return shape.length === 4 ? channelsFirst.pack(drawn, shape) : drawn;
}
