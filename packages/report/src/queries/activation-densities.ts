import type { TapSeries } from '@reluctant/core';
import { meansThroughTime, type EpochSpan } from './means-through-time.js';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** How the units of a site spread over Pr[y>0], through training. */
export interface ActivationDensity {
  readonly site: Site;
  readonly units: number;
  /**
   * [row][column]: mean number of units in the bin at the column's measurements. The first row is for Pr[y>0] = 0 exactly, the others are
   * bins of equal width over (0, 1], upwards.
   */
  readonly counts: readonly (readonly number[])[];
  readonly columns: readonly EpochSpan[];
}

/** One a site; none where there are fewer than two measurements. */
export function activationDensities(
  record: RunRecord,
  on: TapSeries,
  limits: { readonly bins: number; readonly columns: number } = { bins: 16, columns: 30 },
): readonly ActivationDensity[] {
  const measurements = measurementsOf(record, 'activation-probability', on);
  if (measurements.length < 2) return [];
  return sitesOf(record).flatMap((site) => {
    const measured = measurements.flatMap(({ epoch, readings }) => {
      const pr = readings.get(site.name)?.units['pr'];
      return pr && pr.length > 0 ? [{ epoch, bins: countByBin(pr, limits.bins) }] : [];
    });
    if (measured.length < 2) return [];
    const { rows: counts, columns } = meansThroughTime(measured, limits.columns);
    return [{ site, units: measured.at(-1)!.bins.reduce((sum, count) => sum + count, 0), counts, columns }];
  });
}

function countByBin(pr: readonly number[], bins: number): readonly number[] {
  const counts = new Array<number>(bins + 1).fill(0);
  for (const value of pr) {
    if (value >= 0 && value <= 1) counts[Math.ceil(value * bins)]! += 1;
  }
  return counts;
}
