import { wilsonInterval, type Interval } from './intervals.js';
import { studentQuantile } from './student-t.js';

/**
 * Student's (1908) interval for the mean of independent values in [0, 1], such as the share of dead units in each of several
 * networks, cut to [0, 1]. It asks that the mean be about normal. Where the values show no spread it can't tell how sure their
 * mean is; Wilson's interval, which holds for any values in [0, 1], takes its place there.
 * @param mean of the observations, in [0, 1]
 * @param deviation of the observations: divided by their number less one
 * @param observations independent ones; 0 tells nothing: [0, 1]
 * @param confidence in (0, 1)
 */
export function meanShareInterval(mean: number, deviation: number, observations: number, confidence = 0.95): Interval {
  if (observations < 2 || deviation === 0) return wilsonInterval(mean, observations, confidence);
  const half = (studentQuantile(0.5 + confidence / 2, observations - 1) * deviation) / Math.sqrt(observations);
  return { lower: Math.max(0, mean - half), upper: Math.min(1, mean + half) };
}
