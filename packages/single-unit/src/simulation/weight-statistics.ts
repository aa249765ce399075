import { multiply } from '../numerics/matrix.js';
import type { OrderParameters } from './order-parameters.js';
import type { RecordCollector } from './record-collector.js';
import { MOST_COVARIANCES } from './trial-chunk.js';

/** Mean, its standard error, variance and (for few weights) covariance of all weights at one point; the bias last. */
export interface WeightStatistics {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
  readonly variance: Float64Array;
  readonly covariance?: Float64Array;
}

/** From weights as they were recorded. */
export function recordedWeights(
  collector: RecordCollector,
  point: number,
  size: number,
  trials: number,
): WeightStatistics {
  if (size > MOST_COVARIANCES) {
    const each = (of: (index: number) => number) => Float64Array.from({ length: size }, (_, i) => of(point * size + i));
    const { weights } = collector;
    return {
      mean: each((i) => weights.mean(i)),
      standardError: each((i) => weights.standardError(i)),
      variance: each((i) => weights.variance(i)),
    };
  }
  const covariance = collector.covariances[point].covariance();
  const variance = Float64Array.from({ length: size }, (_, i) => covariance[i * (size + 1)]);
  const { mean } = collector.covariances[point].state;
  return { mean, covariance, variance, standardError: variance.map((value) => Math.sqrt(value / trials)) };
}

/**
 * From order parameters. What is across the directions is distributed alike in all of them: it has mean 0 there, and each
 * dimension its part of the mean squared length. So errors of means come from the directions alone.
 */
export function weightsFromOrderParameters(
  { directions, across, reduced: { hasBias } }: OrderParameters,
  collector: RecordCollector,
  point: number,
  trials: number,
): WeightStatistics {
  const { state } = collector.covariances[point];
  const reducedSize = state.mean.length;
  const reduced = collector.covariances[point].covariance();
  const inputs = directions[0].length;
  const size = inputs + (hasBias ? 1 : 0);
  // Row i: how weight i is made of the reduced coordinates, without the length across.
  const loadings = Float64Array.from({ length: size * reducedSize }, (_, index) => {
    const [i, j] = [Math.floor(index / reducedSize), index % reducedSize];
    if (i === inputs) return j === 3 ? 1 : 0;
    return j < directions.length ? directions[j][i] : 0;
  });
  const row = (i: number) => loadings.subarray(i * reducedSize, (i + 1) * reducedSize);
  const meanSquareAcross = state.products[2 * reducedSize + 2] / trials + state.mean[2] ** 2;
  const perDimension = across > 0 ? meanSquareAcross / across : 0;
  // The part of two weights' covariance that lies across the directions.
  const acrossPart = (i: number, j: number) => {
    if (i === inputs || j === inputs) return 0;
    return perDimension * directions.reduce((rest, d) => rest - d[i] * d[j], i === j ? 1 : 0);
  };
  const images = Array.from({ length: size }, (_, i) => multiply(reduced, row(i)));
  const product = (i: number, j: number) => row(j).reduce((sum, loading, k) => sum + loading * images[i][k], 0);
  const along = Float64Array.from({ length: size }, (_, i) => product(i, i));
  return {
    mean: Float64Array.from({ length: size }, (_, i) =>
      row(i).reduce((sum, loading, k) => sum + loading * state.mean[k], 0),
    ),
    standardError: along.map((value) => Math.sqrt(Math.max(0, value) / trials)),
    variance: along.map((value, i) => value + acrossPart(i, i)),
    covariance:
      size <= MOST_COVARIANCES
        ? Float64Array.from({ length: size * size }, (_, index) => {
            const [i, j] = [Math.floor(index / size), index % size];
            return product(i, j) + acrossPart(i, j);
          })
        : undefined,
  };
}
