import type { LegendEntry } from '../../../charts/chart.js';
import { formatEpoch } from '../../../html/format.js';
import type { Readout } from './readout.js';

/** A line of a chart over epochs. */
export interface ReadableLine {
  readonly label: string;
  readonly swatch: Pick<LegendEntry, 'colour' | 'mark'>;
  /** By ascending epoch. */
  readonly points: readonly (readonly [epoch: number, value: number])[];
}

/** Lines told at a place; where there are more, those nearest to the pointer. */
const MOST = 7;

/** Tells the values of lines over epochs where each has a point. */
export function linesReadout(lines: readonly ReadableLine[], format: (value: number) => string): Readout {
  const values = lines.map(({ points }) => new Map(points));
  const places = [...new Set(values.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);
  return {
    places,
    tell(index, y) {
      const epoch = places[index]!;
      const here = lines.flatMap((line, at) => {
        const value = values[at]!.get(epoch);
        return value === undefined ? [] : [{ line, value }];
      });
      const near = new Set(
        here.toSorted((a, b) => Math.abs(a.value - y) - Math.abs(b.value - y)).slice(0, MOST), // prettier-ignore
      );
      const told = here.filter((one) => near.has(one)).sort((a, b) => b.value - a.value);
      const left = here.length - told.length;
      return {
        title: `epoch ${formatEpoch(epoch)}`,
        lines: [
          ...told.map(({ line: { label, swatch }, value }) => ({ label, value: format(value), swatch })),
          ...(left > 0 ? [{ label: `and ${left} more`, value: '' }] : []),
        ],
      };
    },
  };
}
