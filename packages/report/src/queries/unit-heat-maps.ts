import type { TapSeries } from '@reluctant/core';
import { chunks } from './chunks.js';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** Pr[y>0] of the units of one site through training, coarse enough to be drawn small. */
export interface UnitHeatMap {
  readonly site: Site;
  /** Rows × columns; rows from the highest final Pr[y>0] to the lowest. `null` where nothing was measured. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Most units that share a row; 1 where every unit has its own. */
  readonly unitsPerRow: number;
  /** Most measurements that share a column. */
  readonly measurementsPerColumn: number;
  /** Epoch of the first and last measurement of each column. */
  readonly columns: readonly { readonly from: number; readonly to: number }[];
}

export interface HeatMapLimits {
  readonly rows: number;
  readonly columns: number;
}

/** One heat map a site; none where there are fewer than two measurements. Cells are means over what they stand for. */
export function unitHeatMaps(
  record: RunRecord,
  on: TapSeries,
  limits: HeatMapLimits = { rows: 64, columns: 60 },
): readonly UnitHeatMap[] {
  const measurements = measurementsOf(record, 'activation-probability', on);
  if (measurements.length < 2) return [];
  const columns = chunks(measurements, limits.columns);
  return sitesOf(record).flatMap((site) => {
    const final = measurements.findLast(({ readings }) => readings.get(site.name)?.units['pr']?.length)?.readings;
    const finalPr = final?.get(site.name)?.units['pr'];
    if (!finalPr) return [];
    const order = finalPr.map((_, unit) => unit).sort((a, b) => finalPr[b]! - finalPr[a]! || a - b);
    const rows = chunks(order, limits.rows);
    const values = rows.map((units) =>
      columns.map((column) =>
        meanOf(column.flatMap(({ readings }) => units.map((unit) => readings.get(site.name)?.units['pr']?.[unit]))),
      ),
    );
    return [
      {
        site,
        values,
        unitsPerRow: Math.max(...rows.map((units) => units.length)),
        measurementsPerColumn: Math.max(...columns.map((column) => column.length)),
        columns: columns.map((column) => ({ from: column[0]!.epoch, to: column.at(-1)!.epoch })),
      },
    ];
  });
}

function meanOf(values: readonly (number | undefined)[]): number | null {
  const finite = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
  return finite.length > 0 ? finite.reduce((sum, value) => sum + value, 0) / finite.length : null;
}
