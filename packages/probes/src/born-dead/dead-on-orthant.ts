/**
 * Probability that a unit of the first layer is dead on the whole non-negative orthant of R^n: it is so exactly where no weight
 * and no bias is positive. With weights and bias as likely as their negatives, sign by sign, 2^−(n+1); with a zero bias 2^−n.
 * @param dimension n
 */
export function deadOnOrthant(dimension: number, hasBias: boolean): number {
  return 2 ** -(dimension + (hasBias ? 1 : 0));
}
