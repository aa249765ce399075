import { Random } from '@reluctant/core';
import type { DropoutMask } from '../lowering/emission.js';

/**
 * Draws a mask: 1/(1 − rate) where a uniform draw is at least `rate`, else 0. Every engine draws the same numbers: one an
 * element from the stream (seed, 'dropout', step, node), in row-major order of [batch, H, W, C] or [batch, F].
 *
 * @returns the mask laid out [batch, C, H, W] or [batch, F]
 */
export function drawDropoutMask(mask: DropoutMask, batch: number, seed: number, step: number): Float32Array {
  const random = new Random(seed, 'dropout', step, mask.node);
  const kept = 1 / (1 - mask.rate);
  const channels = mask.shape.at(-1)!;
  const positions = mask.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const values = new Float32Array(batch * positions * channels);
  for (let image = 0; image < batch; image++) {
    for (let position = 0; position < positions; position++) {
      for (let channel = 0; channel < channels; channel++) {
        const draw = random.uniform();
        values[(image * channels + channel) * positions + position] = draw >= mask.rate ? kept : 0;
      }
    }
  }
  return values;
}
