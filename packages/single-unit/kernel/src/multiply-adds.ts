/**
 * So many times 64 float64 multiplications and additions in 8 independent chains of vectors of two: as fast as the processor goes
 * with 128-bit vectors and without fused operations, which is what WebAssembly has. For the bench.
 */
export function multiplyAdds(times: i32): f64 {
  const factor = f64x2.splat(0.9999999);
  const term = f64x2.splat(1e-7);
  let a = f64x2.splat(1);
  let b = f64x2.splat(2);
  let c = f64x2.splat(3);
  let d = f64x2.splat(4);
  let e = f64x2.splat(5);
  let f = f64x2.splat(6);
  let g = f64x2.splat(7);
  let h = f64x2.splat(8);
  for (let i = 0; i < times; i++) {
    for (let j = 0; j < 4; j++) {
      a = f64x2.add(f64x2.mul(a, factor), term);
      b = f64x2.add(f64x2.mul(b, factor), term);
      c = f64x2.add(f64x2.mul(c, factor), term);
      d = f64x2.add(f64x2.mul(d, factor), term);
      e = f64x2.add(f64x2.mul(e, factor), term);
      f = f64x2.add(f64x2.mul(f, factor), term);
      g = f64x2.add(f64x2.mul(g, factor), term);
      h = f64x2.add(f64x2.mul(h, factor), term);
    }
  }
  const sum = f64x2.add(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)), f64x2.add(f64x2.add(e, f), f64x2.add(g, h)));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
