/**
 * Lower bound on the probability that a ReLU network of one input, without biases and with independent normal weights, is born
 * dead: some layer of it is silent on every input (Lu et al. 2019, arXiv 1903.06733). For N = `width` units in each of
 * L − 1 hidden layers, L = `layers` ≥ 2:
 *
 * 1 − a₁^(L−2) + c·(a₂^(L−2) − a₁^(L−2)), with a₁ = 1 − 2^−N, a₂ = 1 − 2^(1−N) − (N − 1)·4^−N and
 * c = (1 − 2^(1−N))·(1 − 2^−N) / (1 + (N − 1)·2^−N).
 *
 * The first layer is never silent on both half-lines. It is the exact probability for N = 1 and for L = 3.
 */
export function bornDeadLowerBound(width: number, layers: number): number {
  const one = 1 - 2 ** -width;
  const both = 1 - 2 ** (1 - width) - (width - 1) * 4 ** -width;
  const weight = ((1 - 2 ** (1 - width)) * one) / (1 + (width - 1) * 2 ** -width);
  return 1 - one ** (layers - 2) + weight * (both ** (layers - 2) - one ** (layers - 2));
}
