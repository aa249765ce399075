// Doty-Humphrey's sfc32, four generators side by side: small, fast, without multiplications, passes PractRand and BigCrush. A
// state is 64 bytes: a, b, c and the counter of all four.

export const STATE_BYTES: i32 = 64;

/** Fills `count` 32-bit words (a multiple of 4) from the generators at `state`, and leaves their state afterwards at `next`. */
export function fillBits(state: usize, next: usize, out: usize, count: i32): void {
  let a = v128.load(state);
  let b = v128.load(state, 16);
  let c = v128.load(state, 32);
  let d = v128.load(state, 48);
  const one = i32x4.splat(1);
  const end = out + ((<usize>count) << 2);
  for (; out < end; out += 16) {
    const sum = i32x4.add(i32x4.add(a, b), d);
    d = i32x4.add(d, one);
    a = v128.xor(b, i32x4.shr_u(b, 9));
    b = i32x4.add(c, i32x4.shl(c, 3));
    c = i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), sum);
    v128.store(out, sum);
  }
  v128.store(next, a);
  v128.store(next, b, 16);
  v128.store(next, c, 32);
  v128.store(next, d, 48);
}
