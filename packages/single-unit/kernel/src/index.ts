import { advanceFull } from './full';
import { advanceOrderParameters, LANES } from './order-parameters';

export { configure } from './settings';
export { fillVariates } from './variates';
export { fillChiSquares } from './chi-square';
export { multiplyAdds } from './multiply-adds';

/**
 * Makes so many updates of each of `count` trials, which lie `stride` bytes apart; a multiple of four trials where they are
 * simulated by order parameters.
 */
export function advance(trials: usize, count: i32, stride: i32, updates: i32, byOrderParameters: bool): void {
  const step = byOrderParameters ? LANES : 1;
  for (let i = 0; i < count; i += step) {
    if (byOrderParameters) advanceOrderParameters(trials, stride, updates);
    else advanceFull(trials, updates);
    trials += <usize>(step * stride);
  }
}

/** Where memory begins that the module doesn't use itself. */
export function freeMemory(): usize {
  return __heap_base;
}
