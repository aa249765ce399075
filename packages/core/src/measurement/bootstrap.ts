import { Random } from '../random/random.js';
import { wilsonInterval, type Interval } from './intervals.js';
import { mean, quantile } from './moments.js';
import { normalCdf, normalQuantile } from './normal-distribution.js';

/** Up to so many multiplicities are kept, a byte each; beyond that they are drawn anew for every statistic. */
const MOST_KEPT = 2 ** 27;

/**
 * Bootstrap resamples of N clusters, such as images: how often each is drawn in each resample, with replacement. They depend on N, the
 * number of resamples and the seed alone, so the same serve every layer and every measurement of as many images, and a mean costs
 * a multiplication for each cluster and resample.
 */
export class ClusterResamples {
  private readonly counts: Uint8Array | undefined;

  /**
   * @param clusters N ≥ 1
   * @param resamples how many, B ≥ 1
   * @param mostKept up to so many multiplicities
   */
  constructor(
    readonly clusters: number,
    readonly resamples: number,
    private readonly seed: number,
    mostKept = MOST_KEPT,
  ) {
    if (clusters * resamples > mostKept) return;
    this.counts = new Uint8Array(clusters * resamples);
    const draw = this.drawing();
    for (let start = 0; start < this.counts.length; start += clusters) {
      for (let i = 0; i < clusters; i++) this.counts[start + draw()]++;
    }
  }

  /** Mean of `values`, one a cluster, in each resample. */
  means(values: ArrayLike<number>): Float64Array {
    const { clusters, counts } = this;
    const means = new Float64Array(this.resamples);
    const draw = this.drawing();
    for (let resample = 0, start = 0; resample < means.length; resample++, start += clusters) {
      let sum = 0;
      if (counts) for (let i = 0; i < clusters; i++) sum += counts[start + i] * values[i];
      else for (let i = 0; i < clusters; i++) sum += values[draw()];
      means[resample] = sum / clusters;
    }
    return means;
  }

  private drawing(): () => number {
    const random = new Random(this.seed, 'bootstrap', this.clusters);
    return () => random.integer(this.clusters);
  }
}

/**
 * The bootstrap interval for the mean of independent clusters' values in [0, 1], such as the share of an image's elements that are
 * active, over all positions and units of a layer: elements of one image, which are not independent, stay together.
 *
 * By Efron's BCa method (Journal of the American Statistical Association 82, 1987): percentiles of the resampled means, corrected for
 * bias and skewness, since few images may hold most of what fires. The acceleration of a mean is Σd³/(6·(Σd²)^{3/2}), d the deviations
 * from it. Where all clusters have one value no resampling could show any variance: there it is Wilson's interval, which covers
 * whatever the distribution in [0, 1].
 * @param shares one a cluster, in [0, 1]; as many as the resamples have clusters
 * @param confidence in (0, 1)
 */
export function bootstrapMeanInterval(
  shares: ArrayLike<number>,
  resamples: ClusterResamples,
  confidence = 0.95,
): Interval {
  const estimate = mean(shares);
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < shares.length; i++) {
    const deviation = shares[i] - estimate;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  // Deviations of a constant are rounding errors.
  if (squares <= shares.length * (1e-12 * estimate) ** 2) return wilsonInterval(estimate, shares.length, confidence);
  const means = resamples.means(shares);
  const acceleration = cubes / (6 * squares ** 1.5);
  const bias = normalQuantile(shareBelow(means, estimate));
  const corrected = (p: number) => {
    const z = bias + normalQuantile(p);
    return quantile(means, normalCdf(bias + z / (1 - acceleration * z)));
  };
  return { lower: corrected((1 - confidence) / 2), upper: corrected((1 + confidence) / 2) };
}

/** Share of the values below a bound, of equal ones half; never 0 or 1. */
function shareBelow(values: Float64Array, bound: number): number {
  let below = 0;
  for (const value of values) below += value < bound ? 1 : value === bound ? 0.5 : 0;
  return (below + 0.5) / (values.length + 1);
}
