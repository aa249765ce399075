import { ABSENT, formatNumber, formatProbability, plural } from '../html/format.js';
import type { Interval } from '@reluctant/core';
import type { OverSeeds, Verdict } from './findings.js';

/** With its sign, three decimals. */
export function signed(value: number | null | undefined): string {
  if (typeof value !== 'number') return ABSENT;
  const text = formatNumber(Math.abs(Number(value.toFixed(3))));
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : text;
}

/** Lower and upper end, for two columns. */
export function intervalCells({ interval }: OverSeeds, format = formatProbability): readonly [string, string] {
  return interval ? [format(interval.lower), format(interval.upper)] : [ABSENT, ABSENT];
}

/** `0.164, 0.150 … 0.178` for one cell. */
export function estimateCell(estimate: OverSeeds | null, format = formatProbability): string {
  if (!estimate) return ABSENT;
  const { mean, interval } = estimate;
  return interval ? `${format(mean)}, ${format(interval.lower)} … ${format(interval.upper)}` : format(mean);
}

/** `0.164, 0.150 … 0.178 over 4 seeds`, in a sentence. */
export function overSeedsTold(estimate: OverSeeds, format = formatProbability, of = 'seed'): string {
  return `${estimateCell(estimate, format)} over ${plural(estimate.runs, of)}`;
}

/** Whether a value, such as a theory's, lies in an interval. */
export function insideOrOutside(value: number, { lower, upper }: Interval): 'inside' | 'outside' {
  return lower <= value && value <= upper ? 'inside' : 'outside';
}

/** In words, with a sign that is seen at a glance. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: '✓ holds',
  'does not hold': '✗ does not hold',
  undecided: '? undecided',
  'not tested': '– not tested',
};
