import type { Interval } from '@reluctant/core';
import type { Verdict } from '../findings.js';

/** Of a claim that something is negative: it holds where all of the interval is, and does not where all of it is positive. */
export function belowZero(interval: Interval | null): Verdict {
  if (!interval) return 'undecided';
  if (interval.upper < 0) return 'holds';
  return interval.lower > 0 ? 'does not hold' : 'undecided';
}
