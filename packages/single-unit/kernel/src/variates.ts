// Random variates of mean 0 and variance 1, made in place of 32-bit words. They are float32 numbers; what is computed with them is
// computed in float64.

import { fillBits } from './random-bits';

export const NORMAL: i32 = 0;
export const UNIFORM: i32 = 1;
export const LAPLACE: i32 = 2;
export const SIGNS: i32 = 3;
/** 32-bit words, as they are. */
export const BITS: i32 = 4;

/** Fills `count` variates (a multiple of 8) of a kind from the generators at `state`; their state afterwards is left at `next`. */
export function fillVariates(kind: i32, state: usize, next: usize, out: usize, count: i32): void {
  fillBits(state, next, out, count);
  const end = out + ((<usize>count) << 2);
  if (kind === NORMAL) toNormal(out, end);
  else if (kind === UNIFORM) toUniform(out, end);
  else if (kind === LAPLACE) toLaplace(out, end);
  else if (kind === SIGNS) toSigns(out, end);
}

/**
 * −2 ln u, where u is uniform in (0, 1]: (|k| + ½)/2³¹ of a signed word k, which is the finer the smaller it is. The logarithm is
 * ln m + e ln 2 with m in [√½, √2), and −2 ln(1 + f) = −2f + f² + f³ P(f), P a minimax polynomial. Relative error about 1e-7.
 */
function twiceExponential(word: v128): v128 {
  const magnitude = f32x4.abs(f32x4.convert_i32x4_s(word));
  const u = f32x4.mul(f32x4.add(magnitude, f32x4.splat(0.5)), f32x4.splat(4.656612873077393e-10));
  const exponent = i32x4.shr_s(i32x4.sub(u, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(u, i32x4.shl(exponent, 23)), f32x4.splat(1));
  let p = f32x4.splat(-0.1783556491136551);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.287003755569458));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.2975396513938904));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.33131271600723267));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.3993079364299774));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.5000349283218384));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.6666771769523621));
  const squared = f32x4.mul(f, f);
  const tail = f32x4.add(f32x4.mul(f32x4.mul(squared, f), p), squared);
  const leading = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(exponent), f32x4.splat(-1.3862943649291992)), tail);
  return f32x4.sub(leading, f32x4.add(f, f));
}

/**
 * Box and Muller 1958: a radius √(−2 ln u) and an angle. The angle is uniform in [−π/2, π/2], where sine and cosine need no
 * reduction, and the sign that the radius leaves unused decides about the other half circle. Up to 6.66 standard deviations.
 */
function toNormal(out: usize, end: usize): void {
  const sign = i32x4.splat(0x80000000);
  for (; out < end; out += 32) {
    const word = v128.load(out);
    const radius = f32x4.sqrt(twiceExponential(word));
    const turn = f32x4.mul(f32x4.convert_i32x4_s(v128.load(out, 16)), f32x4.splat(4.656612873077393e-10));
    const t = f32x4.mul(turn, turn);
    let sine = f32x4.splat(0.00015167852689046413);
    sine = f32x4.add(f32x4.mul(sine, t), f32x4.splat(-0.004674157593399286));
    sine = f32x4.add(f32x4.mul(sine, t), f32x4.splat(0.07968992739915848));
    sine = f32x4.add(f32x4.mul(sine, t), f32x4.splat(-0.6459637880325317));
    sine = f32x4.add(f32x4.mul(sine, t), f32x4.splat(1.5707963705062866));
    let cosine = f32x4.splat(-2.3824917661841027e-5);
    cosine = f32x4.add(f32x4.mul(cosine, t), f32x4.splat(0.0009177248575724661));
    cosine = f32x4.add(f32x4.mul(cosine, t), f32x4.splat(-0.02086268924176693));
    cosine = f32x4.add(f32x4.mul(cosine, t), f32x4.splat(0.2536693215370178));
    cosine = f32x4.add(f32x4.mul(cosine, t), f32x4.splat(-1.2337005138397217));
    cosine = f32x4.add(f32x4.mul(cosine, t), f32x4.splat(1));
    const signed = v128.xor(radius, v128.and(word, sign));
    v128.store(out, f32x4.mul(f32x4.mul(sine, turn), radius));
    v128.store(out, f32x4.mul(cosine, signed), 16);
  }
}

/** Uniform in [−√3, √3]. */
function toUniform(out: usize, end: usize): void {
  for (; out < end; out += 16) {
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(v128.load(out)), f32x4.splat(8.065490085e-10)));
  }
}

/** An exponential variate of mean 1/√2, with a random sign. */
function toLaplace(out: usize, end: usize): void {
  const sign = i32x4.splat(0x80000000);
  for (; out < end; out += 16) {
    const word = v128.load(out);
    const magnitude = f32x4.mul(twiceExponential(word), f32x4.splat(0.3535533905932738));
    v128.store(out, v128.xor(magnitude, v128.and(word, sign)));
  }
}

/** −1 or 1. */
function toSigns(out: usize, end: usize): void {
  const sign = i32x4.splat(0x80000000);
  const one = f32x4.splat(1);
  for (; out < end; out += 16) v128.store(out, v128.or(one, v128.and(v128.load(out), sign)));
}
