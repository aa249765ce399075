import { instantiateKernel } from '@reluctant/single-unit';

/** Vectors of multiply-adds in 8 normal variates, counted in `kernel/src/variates.ts`: 11 for the radius, 14 for the angle. */
const PER_VARIATE = 25 / 8;

/**
 * Vectors of two float64 numbers that one update multiplies and adds, on average over units that are active with this probability. A vector of
 * four float32 numbers counts as one; so does a lone multiplication or addition, which takes the same place.
 */
export function vectorsPerUpdate(method: 'full' | 'order-parameters', inputs: number, activity: number): number {
  if (method === 'full') {
    // Inputs and, when active, noise; then w·x always, v·x and the change of w when active.
    return PER_VARIATE * (inputs + activity) + (inputs / 2) * (1 + 2 * activity);
  }
  // Two coordinates; when active, noise and a χ² variate, which takes one normal number and about ten operations on single numbers.
  // Then 26 operations on vectors of two trials.
  return PER_VARIATE * (2 + 2 * activity) + 10 * activity + 26 / 2;
}

const TIMES = 2_000_000;
const VECTORS_PER_TIME = 48;

/** What this machine's core can do of that: vectors multiplied and added a second, the best of several runs of nothing else. */
export function measureLimit(): number {
  const kernel = instantiateKernel();
  let best = 0;
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    kernel.multiplyAdds(TIMES);
    best = Math.max(best, (TIMES * VECTORS_PER_TIME * 1000) / (performance.now() - start));
  }
  return best;
}
