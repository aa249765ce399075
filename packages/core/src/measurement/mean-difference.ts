import { squaredError, type EstimatedMean } from './crossed-mean.js';
import { mean } from './moments.js';
import { studentQuantile } from './student-t.js';

/**
 * Welch's interval (1947) for the difference of the means of two independent samples, `b` minus `a`, whose variances may differ: Student's t
 * with the degrees of freedom of Welch and Satterthwaite. Each sample has two values at least.
 * @param confidence in (0, 1)
 */
export function welchDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  confidence = 0.95,
): EstimatedMean & { readonly degrees: number } {
  const difference = mean(b) - mean(a);
  const [ofA, ofB] = [squaredError(a), squaredError(b)];
  const variance = ofA + ofB;
  if (variance === 0) {
    return { mean: difference, lower: difference, upper: difference, degrees: a.length + b.length - 2 };
  }
  const degrees = variance ** 2 / (ofA ** 2 / (a.length - 1) + ofB ** 2 / (b.length - 1));
  const half = studentQuantile(0.5 + confidence / 2, degrees) * Math.sqrt(variance);
  return { mean: difference, lower: difference - half, upper: difference + half, degrees };
}

/**
 * The interval for `b` minus `a` from the intervals of both, by the method of variance estimates recovery (Zou & Donner 2008, after
 * Newcombe 1998): asymmetric ones stay so. It takes the two as independent; where they rise and fall together, it is too wide.
 */
export function recoveredDifference(a: EstimatedMean, b: EstimatedMean): EstimatedMean {
  const difference = b.mean - a.mean;
  return {
    mean: difference,
    lower: difference - Math.hypot(b.mean - b.lower, a.upper - a.mean),
    upper: difference + Math.hypot(b.upper - b.mean, a.mean - a.lower),
  };
}
