import { bisect } from '../numerics/bisect.js';
import { rectifiedMoments } from '../numerics/rectified-moments.js';

/** Thresholds beyond it have a Pr[y>0] of 6e-300, or of 1 to the last digit. */
const FARTHEST = 37;

/**
 * Mean over standard deviation, a, of the normal variable s whose rectified part y = max(s, 0) has the given moments: E[y]²/E[y²]
 * increases with a alone. So it tells Φ(a), the Pr[y>0] that a normal pre-activation would have, from y's size without counting.
 *
 * @param mean E[y] ≥ 0
 * @param meanSquare E[y²] ≥ 0
 * @returns −Infinity for a unit whose every output is 0, Infinity for one whose output does not vary
 */
export function rectifiedNormalThreshold(mean: number, meanSquare: number): number {
  if (mean === 0 || meanSquare === 0) return -Infinity;
  const ratio = (mean * mean) / meanSquare;
  const excess = (a: number) => {
    const [, first, second] = rectifiedMoments(a, 2);
    return (first * first) / second - ratio;
  };
  if (excess(-FARTHEST) > 0) return -Infinity;
  return excess(FARTHEST) < 0 ? Infinity : bisect(excess, -FARTHEST, FARTHEST, 1e-13);
}
