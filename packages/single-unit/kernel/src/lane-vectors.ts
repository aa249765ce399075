// Numbers of two trials side by side in a vector.

/** Two float32 numbers of different places as float64. */
export function pair(first: usize, second: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_lane(second, v128.load32_zero(first), 1));
}
export function gather(first: usize, second: usize, offset: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(first + offset)), 1, load<f64>(second + offset));
}
export function scatter(first: usize, second: usize, offset: usize, values: v128): void {
  store<f64>(first + offset, f64x2.extract_lane(values, 0));
  store<f64>(second + offset, f64x2.extract_lane(values, 1));
}
export function fused(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}
