const BINS = 50;

/** Right edges. Units that never fire have a bucket of their own, which ends at 0. */
const LIMITS = Array.from({ length: BINS + 1 }, (_, edge) => edge / BINS);

/** A distribution as TensorBoard's `HistogramProto` has it: `bucket[i]` counts the values in (`bucket_limit[i − 1]`, `bucket_limit[i]`]. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly num: number;
  readonly sum: number;
  readonly sum_squares: number;
  readonly bucket_limit: readonly number[];
  readonly bucket: readonly number[];
}

/** How probabilities are distributed over [0, 1]. What is not a number is left out. */
export function probabilityHistogram(values: readonly number[]): Histogram {
  const known = values.filter((value) => !Number.isNaN(value));
  const bucket = LIMITS.map(() => 0);
  for (const value of known) bucket[bucketOf(value)]++;
  return {
    min: known.length > 0 ? Math.min(...known) : 0,
    max: known.length > 0 ? Math.max(...known) : 0,
    num: known.length,
    sum: known.reduce((sum, value) => sum + value, 0),
    sum_squares: known.reduce((sum, value) => sum + value * value, 0),
    bucket_limit: LIMITS,
    bucket,
  };
}

/** The first whose limit is not below `value`. */
function bucketOf(value: number): number {
  const near = Math.min(BINS, Math.max(0, Math.ceil(value * BINS)));
  return near > 0 && LIMITS[near - 1] >= value ? near - 1 : near;
}
