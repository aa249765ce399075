/**
 * The time τ = μk in which white inputs (mean 0, variance 1, no bias) and a ReLU teacher turn the weights from the angle π − δ to a
 * right angle to v, for a small δ: 2 ln(1 + π|w|/(|v|δ)). Where w is opposite to v the gradient has no part across it, so that a
 * unit that starts there waits; how long depends on the logarithm of δ alone.
 *
 * @param deviation δ, in radians
 * @param norm |w| at the start
 */
export function plateauEscapeTime(deviation: number, norm: number, teacherNorm: number): number {
  return 2 * Math.log1p((Math.PI * norm) / (teacherNorm * deviation));
}
