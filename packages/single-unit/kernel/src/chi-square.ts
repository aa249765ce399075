import { fillVariates, BITS, NORMAL } from './variates';

/** Most candidates that are drawn at a time. */
const CANDIDATES: i32 = 64;

/**
 * Fills `count` χ² variates (float32), whose cost doesn't depend on their degrees of freedom, by the rejection of Marsaglia and
 * Tsang (2000); squared normal numbers are all that is needed for one degree.
 *
 * @param degrees whole number ≥ 0
 * @param scratch place for two words per candidate
 */
export function fillChiSquares(degrees: f64, state: usize, next: usize, out: usize, count: i32, scratch: usize): void {
  const end = out + ((<usize>count) << 2);
  if (degrees < 2) {
    fillVariates(NORMAL, state, next, out, count);
    for (; out < end; out += 4) {
      const z = load<f32>(out);
      store<f32>(out, degrees === 1 ? z * z : 0);
    }
    return;
  }
  const d = 0.5 * degrees - 1.0 / 3.0;
  const c = 1 / sqrt(9 * d);
  let from = state;
  while (out < end) {
    const missing = <i32>((end - out) >> 2);
    const candidates = min(CANDIDATES, (missing + 7) & ~7);
    fillVariates(NORMAL, from, next, scratch, candidates);
    fillVariates(BITS, next, next, scratch + 4 * CANDIDATES, candidates);
    from = next;
    const last = scratch + ((<usize>candidates) << 2);
    for (let at = scratch; at < last && out < end; at += 4) {
      const z = <f64>load<f32>(at);
      const root = 1 + c * z;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = (<f64>load<u32>(at, 4 * CANDIDATES) + 0.5) * 2.3283064365386963e-10;
      const squared = z * z;
      if (u < 1 - 0.0331 * squared * squared || Math.log(u) < 0.5 * squared + d * (1 - v + Math.log(v))) {
        store<f32>(out, <f32>(2 * d * v));
        out += 4;
      }
    }
  }
}
