import type { Interval } from './intervals.js';
import { mean } from './moments.js';
import { studentQuantile } from './student-t.js';

/** A mean and how sure it is. */
export interface EstimatedMean extends Interval {
  readonly mean: number;
}

/**
 * The interval for the mean of a table whose rows and columns are both drawn at random, such as sets of units and images. Its variance
 * is that of the row means over their number and that of the column means over theirs, which counts what is left of each cell
 * twice: no less than the truth on average (Owen, Annals of Applied Statistics 1, 2007). Student's t with the degrees of
 * freedom of Welch and Satterthwaite.
 * @param rows one mean a row, over all columns; at least two
 * @param columns one mean a column, over all rows; at least two
 */
export function crossedMeanInterval(
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
  confidence = 0.95,
): EstimatedMean {
  const centre = mean(rows);
  const parts = [squaredError(rows), squaredError(columns)];
  const variance = parts[0] + parts[1];
  if (variance === 0) return { mean: centre, lower: centre, upper: centre };
  const degrees = variance ** 2 / (parts[0] ** 2 / (rows.length - 1) + parts[1] ** 2 / (columns.length - 1));
  const half = studentQuantile(0.5 + confidence / 2, degrees) * Math.sqrt(variance);
  return { mean: centre, lower: centre - half, upper: centre + half };
}

/** Student's t interval for the mean of independent values; at least two. */
export function meanInterval(values: ArrayLike<number>, confidence = 0.95): EstimatedMean {
  const centre = mean(values);
  const half = studentQuantile(0.5 + confidence / 2, values.length - 1) * Math.sqrt(squaredError(values));
  return { mean: centre, lower: centre - half, upper: centre + half };
}

/** Square of the mean's standard error: s²/n with s² divided by n − 1. */
export function squaredError(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return squares / (values.length - 1) / values.length;
}
