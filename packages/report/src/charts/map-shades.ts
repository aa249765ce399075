import type { SimulationMap } from '@reluctant/core';
import { RAMP_STEPS } from './theme.js';

/** The range of a map's values and the shade, 0 to 9, of each of them. */
export interface ShadeScale {
  /** Ends of the scale. */
  readonly low: number;
  readonly high: number;
  /** The least value, which on a logarithmic scale may lie below its end; undefined where none is finite. */
  readonly least: number | undefined;
  /** Undefined where there is nothing to show: NaN, or nothing positive on a logarithmic scale. */
  shadeOf(value: number): number | undefined;
}

/** Shades that are even in the value, or in its logarithm: there 0 and below has the lightest shade and counts as the least positive value. */
export function shadeScale({ values, value: { scale } }: Pick<SimulationMap, 'values' | 'value'>): ShadeScale {
  const finite = values.flat().filter(Number.isFinite);
  const logarithmic = scale === 'logarithmic';
  const ranged = logarithmic ? finite.filter((value) => value > 0) : finite;
  const low = ranged.reduce((least, value) => Math.min(least, value), Infinity);
  const high = ranged.reduce((most, value) => Math.max(most, value), -Infinity);
  const place = logarithmic ? Math.log : (value: number) => value;
  const extent = place(high) - place(low);
  return {
    low,
    high,
    least: finite.length > 0 ? finite.reduce((least, value) => Math.min(least, value)) : undefined,
    shadeOf(value) {
      if (!Number.isFinite(value) || ranged.length === 0) return undefined;
      if (value <= low || extent === 0) return 0;
      return Math.min(RAMP_STEPS - 1, Math.floor((RAMP_STEPS * (place(value) - place(low))) / extent));
    },
  };
}

/** Cells of one row with one shade, side by side: columns `from` to below `to`. */
export interface CellRun {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** The cells by shade; those without a value are left out. */
export function shadeCells(
  values: SimulationMap['values'],
  { shadeOf }: Pick<ShadeScale, 'shadeOf'>,
): ReadonlyMap<number, readonly CellRun[]> {
  const runs = new Map<number, CellRun[]>();
  values.forEach((cells, row) => {
    const shades = cells.map(shadeOf);
    for (let from = 0, to = 1; to <= shades.length; to++) {
      if (to < shades.length && shades[to] === shades[from]) continue;
      const shade = shades[from];
      if (shade !== undefined) runs.set(shade, [...(runs.get(shade) ?? []), { row, from, to }]);
      from = to;
    }
  });
  return runs;
}

/** One edge more than places: halfway between neighbours, on a logarithmic scale where asked, and as far beyond the outer ones. */
export function cellEdges(places: readonly number[], logarithmic: boolean): readonly number[] {
  const scaled = logarithmic ? places.map(Math.log) : places;
  const middles = scaled.slice(1).map((place, index) => (place + scaled[index]!) / 2);
  const first = scaled.length > 1 ? 2 * scaled[0]! - middles[0]! : scaled[0]! - 0.5;
  const last = scaled.length > 1 ? 2 * scaled.at(-1)! - middles.at(-1)! : scaled[0]! + 0.5;
  const edges = [first, ...middles, last];
  return logarithmic ? edges.map(Math.exp) : edges;
}
