/**
 * Probability that some hidden layer is silent on one given input: 1 − Π (1 − 2^−N_l). Exact where weights, and biases if there
 * are any, are as likely as their negatives and the input is not lost: each unit of a layer is off on it with probability ½,
 * independently, whatever the layers before it gave. An upper bound on any set that holds such an input, where the layer has to
 * be silent on the others as well (Lu et al. 2019, arXiv 1903.06733: for L layers of N units, 1 − (1 − 2^−N)^(L−1)).
 * @param hidden units N_l of each hidden layer; L − 1 of them
 */
export function onePointProbability(hidden: readonly number[]): number {
  return -Math.expm1(hidden.reduce((sum, units) => sum + Math.log1p(-(2 ** -units)), 0));
}
