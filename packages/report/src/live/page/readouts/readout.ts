import type { LegendEntry } from '../../../charts/chart.js';

export interface ReadoutLine {
  readonly label: string;
  readonly value: string;
  /** How the chart draws what the line is about. */
  readonly swatch?: Pick<LegendEntry, 'colour' | 'mark'>;
}

/** What a chart says where someone points at it. */
export interface Readout {
  /** Places of the horizontal axis that something can be told of, ascending. */
  readonly places: readonly number[];
  /** @param y where the pointer is on the vertical axis */
  tell(index: number, y: number): { readonly title: string; readonly lines: readonly ReadoutLine[] };
}

/** Index of the place nearest to `x`; undefined where there is none. */
export function nearestPlace(places: readonly number[], x: number): number | undefined {
  if (places.length === 0) return undefined;
  let low = 0;
  let high = places.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]! <= x) low = middle;
    else high = middle;
  }
  return Math.abs(places[high]! - x) < Math.abs(places[low]! - x) ? high : low;
}
