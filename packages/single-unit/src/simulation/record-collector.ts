import { RunningCovariance } from '../numerics/running-covariance.js';
import { RunningMoments } from '../numerics/running-moments.js';
import { type ChunkRecord, MOST_COVARIANCES, QUANTITIES } from './trial-chunk.js';

/** Puts the records of chunks together, in their order, so that sums have the same rounding whatever finished first. */
export class RecordCollector {
  readonly moments: RunningMoments;
  readonly covariances: readonly RunningCovariance[];
  readonly weights: RunningMoments;
  /** Pr[y>0], point after point, of all trials. */
  readonly activations: readonly Float64Array[];
  readonly firstHits: Float64Array;

  /** @param size numbers of a state */
  constructor(
    points: number,
    trials: number,
    private readonly size: number,
  ) {
    const isSmall = size <= MOST_COVARIANCES;
    this.moments = new RunningMoments(points * QUANTITIES.length);
    this.covariances = Array.from({ length: isSmall ? points : 0 }, () => new RunningCovariance(size));
    this.weights = new RunningMoments(isSmall ? 0 : points * size);
    this.activations = Array.from({ length: points }, () => new Float64Array(trials));
    this.firstHits = new Float64Array(trials);
  }

  /** @param point the first of the record's points; @param first the first of its trials */
  add(record: ChunkRecord, point: number, first: number): void {
    const count = record.firstHits.length;
    this.moments.merge(record.moments, point * QUANTITIES.length);
    this.weights.merge(record.weights, point * this.size);
    record.covariances.forEach((covariance, i) => this.covariances[point + i].merge(covariance));
    for (let i = 0; i * count < record.activations.length; i++) {
      this.activations[point + i].set(record.activations.subarray(i * count, (i + 1) * count), first);
    }
    this.firstHits.set(record.firstHits, first);
  }

  /** Mean of a quantity at a point. */
  mean(name: (typeof QUANTITIES)[number], point: number): number {
    return this.moments.mean(point * QUANTITIES.length + QUANTITIES.indexOf(name));
  }

  standardError(name: (typeof QUANTITIES)[number], point: number): number {
    return this.moments.standardError(point * QUANTITIES.length + QUANTITIES.indexOf(name));
  }
}
