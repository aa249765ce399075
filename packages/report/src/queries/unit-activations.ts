import type { TapSeries } from '@reluctant/core';
import { chunks } from './chunks.js';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** Pr[y>0] of every unit of one site through training. */
export interface UnitActivations {
  readonly site: Site;
  /** Units × columns. Means over the measurements of a column; `null` where nothing was measured. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Most measurements that share a column. */
  readonly measurementsPerColumn: number;
  /** Epoch of the first and last measurement of each column. */
  readonly columns: readonly { readonly from: number; readonly to: number }[];
}

export interface CellLimits {
  readonly columns: number;
  /** Over all sites: where there are more, measurements share columns. */
  readonly cells: number;
}

const FEWEST_COLUMNS = 10;

/** One table a site; none where there are fewer than two measurements. */
export function unitActivations(
  record: RunRecord,
  on: TapSeries,
  limits: CellLimits = { columns: 60, cells: 750_000 },
): readonly UnitActivations[] {
  const measurements = measurementsOf(record, 'activation-probability', on);
  if (measurements.length < 2) return [];
  const measured = sitesOf(record).flatMap((site) => {
    const prs = measurements.map(({ readings }) => readings.get(site.name)?.units['pr']);
    const units = Math.max(0, ...prs.map((pr) => pr?.length ?? 0));
    return units > 0 ? [{ site, prs, units }] : [];
  });
  const units = measured.reduce((sum, site) => sum + site.units, 0);
  const fitting = Math.max(FEWEST_COLUMNS, Math.floor(limits.cells / units));
  const parts = chunks(
    measurements.map((_, index) => index),
    Math.min(limits.columns, fitting),
  );
  return measured.map(({ site, prs, units: count }) => ({
    site,
    values: Array.from({ length: count }, (_, unit) => parts.map((part) => meanOver(part, (at) => prs[at]?.[unit]))),
    measurementsPerColumn: Math.max(...parts.map((part) => part.length)),
    columns: parts.map((part) => ({ from: measurements[part[0]!]!.epoch, to: measurements[part.at(-1)!]!.epoch })),
  }));
}

/** The mean of what is finite of `valueOf`; `null` where nothing is. */
export function meanOver(
  indices: readonly number[],
  valueOf: (index: number) => number | null | undefined,
): number | null {
  let [sum, count] = [0, 0];
  for (const index of indices) {
    const value = valueOf(index);
    if (value === undefined || value === null || !Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : null;
}
