/** y ∝ x^exponent, by least squares in logarithms. */
export interface PowerLaw {
  readonly exponent: number;
  /** Of the exponent, from the relative errors of the points alone; undefined without these. */
  readonly standardError?: number;
}

/**
 * @param points at least two, of positive x and y, with different x
 * @param relativeErrors of each y; all count alike where they are left out
 */
export function powerLaw(
  points: readonly (readonly [x: number, y: number])[],
  relativeErrors?: readonly number[],
): PowerLaw {
  const weights = points.map((_, i) => (relativeErrors ? 1 / relativeErrors[i] ** 2 : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point, i) => sum + weights[i] * of(point), 0) / total;
  const middle = average(([x]) => Math.log(x));
  const spread = average(([x]) => (Math.log(x) - middle) ** 2);
  const exponent = average(([x, y]) => (Math.log(x) - middle) * Math.log(y)) / spread;
  return relativeErrors ? { exponent, standardError: 1 / Math.sqrt(total * spread) } : { exponent };
}
