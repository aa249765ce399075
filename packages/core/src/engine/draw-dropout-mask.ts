import { Random } from '../random/random.js';

/**
 * The mask of inverted dropout (Srivastava et al. 2014) as all engines share it: 1/(1 − rate) where a uniform draw is at least
 * `rate`, else 0, one draw an element of [batch, H, W, C] or [batch, F] in row-major order.
 * @param node name of the dropout's graph node
 * @param step steps taken before this one
 * @param length number of elements, batch included
 * @param rate probability of being dropped, in [0, 1)
 */
export function drawDropoutMask(
  node: string,
  {
    seed,
    step,
    length,
    rate,
  }: { readonly seed: number; readonly step: number; readonly length: number; readonly rate: number },
): Float32Array {
  const random = new Random(seed, 'dropout', step, node);
  const kept = 1 / (1 - rate);
  const mask = new Float32Array(length);
  for (let i = 0; i < length; i++) mask[i] = random.uniform() >= rate ? kept : 0;
  return mask;
}
