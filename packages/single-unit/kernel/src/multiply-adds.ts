/**
 * So many times 48 vectors of two float64 numbers multiplied and added, in 12 chains that don't wait for one another: as fast as the
 * processor goes with such vectors and without fused operations, which is what WebAssembly has. For the bench.
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
  let i = f64x2.splat(9);
  let j = f64x2.splat(10);
  let k = f64x2.splat(11);
  let l = f64x2.splat(12);
  for (let time = 0; time < times; time++) {
    a = f64x2.add(f64x2.mul(a, factor), term);
    b = f64x2.add(f64x2.mul(b, factor), term);
    c = f64x2.add(f64x2.mul(c, factor), term);
    d = f64x2.add(f64x2.mul(d, factor), term);
    e = f64x2.add(f64x2.mul(e, factor), term);
    f = f64x2.add(f64x2.mul(f, factor), term);
    g = f64x2.add(f64x2.mul(g, factor), term);
    h = f64x2.add(f64x2.mul(h, factor), term);
    i = f64x2.add(f64x2.mul(i, factor), term);
    j = f64x2.add(f64x2.mul(j, factor), term);
    k = f64x2.add(f64x2.mul(k, factor), term);
    l = f64x2.add(f64x2.mul(l, factor), term);
    a = f64x2.add(f64x2.mul(a, factor), term);
    b = f64x2.add(f64x2.mul(b, factor), term);
    c = f64x2.add(f64x2.mul(c, factor), term);
    d = f64x2.add(f64x2.mul(d, factor), term);
    e = f64x2.add(f64x2.mul(e, factor), term);
    f = f64x2.add(f64x2.mul(f, factor), term);
    g = f64x2.add(f64x2.mul(g, factor), term);
    h = f64x2.add(f64x2.mul(h, factor), term);
    i = f64x2.add(f64x2.mul(i, factor), term);
    j = f64x2.add(f64x2.mul(j, factor), term);
    k = f64x2.add(f64x2.mul(k, factor), term);
    l = f64x2.add(f64x2.mul(l, factor), term);
    a = f64x2.add(f64x2.mul(a, factor), term);
    b = f64x2.add(f64x2.mul(b, factor), term);
    c = f64x2.add(f64x2.mul(c, factor), term);
    d = f64x2.add(f64x2.mul(d, factor), term);
    e = f64x2.add(f64x2.mul(e, factor), term);
    f = f64x2.add(f64x2.mul(f, factor), term);
    g = f64x2.add(f64x2.mul(g, factor), term);
    h = f64x2.add(f64x2.mul(h, factor), term);
    i = f64x2.add(f64x2.mul(i, factor), term);
    j = f64x2.add(f64x2.mul(j, factor), term);
    k = f64x2.add(f64x2.mul(k, factor), term);
    l = f64x2.add(f64x2.mul(l, factor), term);
    a = f64x2.add(f64x2.mul(a, factor), term);
    b = f64x2.add(f64x2.mul(b, factor), term);
    c = f64x2.add(f64x2.mul(c, factor), term);
    d = f64x2.add(f64x2.mul(d, factor), term);
    e = f64x2.add(f64x2.mul(e, factor), term);
    f = f64x2.add(f64x2.mul(f, factor), term);
    g = f64x2.add(f64x2.mul(g, factor), term);
    h = f64x2.add(f64x2.mul(h, factor), term);
    i = f64x2.add(f64x2.mul(i, factor), term);
    j = f64x2.add(f64x2.mul(j, factor), term);
    k = f64x2.add(f64x2.mul(k, factor), term);
    l = f64x2.add(f64x2.mul(l, factor), term);
  }
  return f64x2.extract_lane(
    f64x2.add(
      f64x2.add(
        f64x2.add(
          f64x2.add(
            f64x2.add(f64x2.add(f64x2.add(f64x2.add(f64x2.add(f64x2.add(f64x2.add(a, b), c), d), e), f), g), h),
            i,
          ),
          j,
        ),
        k,
      ),
      l,
    ),
    0,
  );
}
