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
  let from = state;
  while (out < end) {
    const missing = <i32>((end - out) >> 2);
    const candidates = min(CANDIDATES, (missing + 7) & ~7);
    fillVariates(NORMAL, from, next, scratch, candidates);
    fillVariates(BITS, next, next, scratch + 4 * CANDIDATES, candidates);
    from = next;
    out = acceptCandidates(degrees, scratch, candidates, out, end);
  }
}

/**
 * Writes those of the candidates that are accepted, up to `end`, and returns where the next one goes. Most vectors of four pass the
 * test that needs no logarithm, and are written at once.
 */
function acceptCandidates(degrees: f64, scratch: usize, candidates: i32, out: usize, end: usize): usize {
  const d = 0.5 * degrees - 1.0 / 3.0;
  const c = 1 / sqrt(9 * d);
  const one = f32x4.splat(1);
  const slope = f32x4.splat(<f32>c);
  const scale = f32x4.splat(<f32>(2 * d));
  const last = scratch + ((<usize>candidates) << 2);
  for (let at = scratch; at < last && out < end; at += 16) {
    const z = v128.load(at);
    const root = f32x4.add(one, f32x4.mul(slope, z));
    const squared = f32x4.mul(z, z);
    const bound = f32x4.sub(one, f32x4.mul(f32x4.splat(0.0331), f32x4.mul(squared, squared)));
    const magnitude = f32x4.abs(f32x4.convert_i32x4_s(v128.load(at, 4 * CANDIDATES)));
    const u = f32x4.mul(magnitude, f32x4.splat(4.656612873077393e-10));
    const passes = v128.and(f32x4.lt(u, bound), f32x4.gt(root, f32x4.splat(0)));
    if (i32x4.all_true(passes) && out + 16 <= end) {
      v128.store(out, f32x4.mul(scale, f32x4.mul(root, f32x4.mul(root, root))));
      out += 16;
    } else {
      for (let single = at; single < at + 16 && out < end; single += 4) {
        const variate = candidate(d, c, <f64>load<f32>(single), load<i32>(single, 4 * CANDIDATES));
        if (variate < 0) continue;
        store<f32>(out, <f32>variate);
        out += 4;
      }
    }
  }
  return out;
}

/** A candidate made of a normal number and a uniform word, or −1 where it is rejected. */
function candidate(d: f64, c: f64, z: f64, word: i32): f64 {
  const root = 1 + c * z;
  if (root <= 0) return -1;
  const v = root * root * root;
  const u = (abs(<f64>word) + 0.5) * 4.656612873077393e-10;
  const squared = z * z;
  if (u < 1 - 0.0331 * squared * squared) return 2 * d * v;
  return Math.log(u) < 0.5 * squared + d * (1 - v + Math.log(v)) ? 2 * d * v : -1;
}
