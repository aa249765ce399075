/**
 * Mean and covariance of a vector drawn from a list with equal probabilities.
 *
 * @param vectors one after the other, `size` numbers each
 */
export function patchMoments(
  vectors: Float64Array,
  size: number,
): { readonly mean: Float64Array; readonly covariance: Float64Array } {
  const count = vectors.length / size;
  const mean = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  for (let k = 0; k < vectors.length; k++) mean[k % size] += vectors[k] / count;
  for (let vector = 0; vector < vectors.length; vector += size) {
    for (let i = 0; i < size; i++) {
      const deviation = (vectors[vector + i] - mean[i]) / count;
      for (let j = 0; j < size; j++) covariance[i * size + j] += deviation * (vectors[vector + j] - mean[j]);
    }
  }
  return { mean, covariance };
}
