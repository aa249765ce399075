import type { TapSeries } from '@reluctant/core';
import { chunks } from './chunks.js';
import type { RunRecord } from './run-record.js';
import type { Site } from './sites.js';
import { meanOver, unitActivations, type UnitActivations } from './unit-activations.js';
import { orderUnits, type UnitOrder } from './unit-order.js';

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

/** Rows of a heat map that is drawn small. */
export const MOST_ROWS = 64;

/** One heat map a site; none where there are fewer than two measurements. Cells are means over what they stand for. */
export function unitHeatMaps(
  record: RunRecord,
  on: TapSeries,
  limits: HeatMapLimits = { rows: MOST_ROWS, columns: 60 },
): readonly UnitHeatMap[] {
  const all = unitActivations(record, on, { columns: limits.columns, cells: Infinity });
  return all.map((activations) => unitHeatMap(activations, limits.rows));
}

/** The units of one site, several a row where there are more than `mostRows`. */
export function unitHeatMap(activations: UnitActivations, mostRows = MOST_ROWS): UnitHeatMap {
  const { site, values, measurementsPerColumn, columns } = activations;
  const rows = heatMapRows(values, 'final', mostRows);
  return {
    site,
    values: rows.map((row) => row.values),
    unitsPerRow: Math.max(...rows.map((row) => row.units.length)),
    measurementsPerColumn,
    columns,
  };
}

export interface HeatMapRow {
  readonly units: readonly number[];
  /** By column: means over the units. */
  readonly values: readonly (number | null)[];
}

/** The units that share a row. */
export function nameOfRow({ units }: Pick<HeatMapRow, 'units'>): string {
  return units.length === 1 ? `unit ${units[0]}` : `mean of units ${units.join(', ')}`;
}

/** Units in an order, neighbours joined to at most `most` rows. */
export function heatMapRows(
  values: UnitActivations['values'],
  order: UnitOrder,
  most = MOST_ROWS,
): readonly HeatMapRow[] {
  return chunks(orderUnits(values, order), most).map((units) => ({
    units,
    values: values[0]!.map((_, column) => meanOver(units, (unit) => values[unit]![column])),
  }));
}
