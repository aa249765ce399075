import { cellSeries } from './cell-series.js';
import type { EChartsDrawing } from './chart.js';
import { shadeCells } from './map-shades.js';
import { COLOUR, RAMP_STEPS } from './theme.js';

/** Time across, value up: a histogram a column. */
export interface Distribution {
  /** [row][column]; the first row is a strip below the others, the others go upwards. */
  readonly rows: readonly (readonly number[])[];
  /** Step of the ramp, or undefined for nothing. */
  readonly shadeOf: (value: number) => number | undefined;
  /** Colour of the strip where it is not one of the ramp by `shadeOf`. */
  readonly strip?: string;
  /** Marks on the axis, at shares of its height above the strip. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A small picture of a distribution through time. The strip is as high as two bins, a gap away from the first. */
export function drawDistribution({ rows, shadeOf, strip, ticks }: Distribution): EChartsDrawing {
  const bins = rows.length - 1;
  const columns = rows[0]!.length;
  const edgesX = Array.from({ length: columns + 1 }, (_, index) => index);
  const edgesY = Array.from({ length: bins + 1 }, (_, index) => index / bins);
  const height = 2 / bins;
  const apart = [-1.5 * height, -0.5 * height];
  const below = strip === undefined ? shadeOf : (value: number) => (value > 0 ? RAMP_STEPS : undefined);
  const colourOf = strip === undefined ? undefined : () => strip;
  const customValues = ticks.map(({ at }) => at);
  const line = { lineStyle: { color: COLOUR.muted } };
  return {
    width: 220,
    height: 130,
    option: {
      animation: false,
      grid: { left: 42, right: 8, top: 8, bottom: 6, outerBoundsMode: 'none' },
      xAxis: { type: 'value', min: 0, max: columns, show: false },
      yAxis: {
        type: 'value',
        min: apart[0],
        max: 1,
        axisLabel: {
          color: COLOUR.muted,
          fontSize: 11,
          customValues,
          formatter: (value: number) => ticks.find(({ at }) => Math.abs(at - value) < 1e-9)?.text ?? '',
        },
        axisTick: { customValues, ...line },
        axisLine: { show: true, onZero: false, ...line },
        splitLine: { show: false },
      },
      series: [
        cellSeries(shadeCells(rows.slice(1), { shadeOf }), edgesX, edgesY),
        cellSeries(shadeCells([rows[0]!], { shadeOf: below }), edgesX, apart, colourOf),
      ],
    },
  };
}
