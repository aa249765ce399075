import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts';
import type { Site } from '../queries/sites.js';
import { COLOUR } from './theme.js';

const GOLDEN_RATIO_CONJUGATE = 0.6180339887498949;
/** Half the width over which a site's dots are spread, in sites. */
const SPREAD = 0.36;

interface SiteUnits {
  readonly site: Site;
  /** Per unit; what is not finite is not drawn. */
  readonly values: readonly number[];
}

/**
 * Every unit as a dot at the place of its site: circles where no skip connection enters, diamonds where one does. Dots are spread sideways
 * by the golden ratio: even, and the same at every rendering.
 * @param room pixels between two sites
 */
export function unitDots(layers: readonly SiteUnits[], room: number): readonly ScatterSeriesOption[] {
  return [false, true].flatMap((skip) => dots(layers, skip, room));
}

function dots(layers: readonly SiteUnits[], skip: boolean, room: number): readonly ScatterSeriesOption[] {
  const spread = Math.min(SPREAD, (SPREAD * 70) / room);
  const data = layers.flatMap(({ site, values }, index) =>
    site.skip === skip
      ? values.flatMap((value, unit) => {
          const jitter = 2 * ((unit * GOLDEN_RATIO_CONJUGATE) % 1) - 1;
          return Number.isFinite(value) ? [[index + 1 + spread * jitter, value]] : [];
        })
      : [],
  );
  return unitScatter(data, skip);
}

/** Many units as dots, told apart by whether a skip connection enters; nothing where there are none. */
export function unitScatter(data: readonly (readonly number[])[], skip: boolean): readonly ScatterSeriesOption[] {
  if (data.length === 0) return [];
  return [
    {
      type: 'scatter',
      large: true,
      largeThreshold: 0,
      progressive: 0,
      symbol: skip ? 'diamond' : 'circle',
      symbolSize: skip ? 4.4 : 3.2,
      itemStyle: { color: skip ? COLOUR.green : COLOUR.blue, opacity: 0.7 },
      silent: true,
      data: data as number[][],
    },
  ];
}

export interface Quartiles {
  readonly lowerQuartile: number | null;
  readonly median: number | null;
  readonly upperQuartile: number | null;
}

/** The quartiles of each site as a box, the median as a bar across it. A site without them has none. */
export function quartileBoxes(layers: readonly Quartiles[], room: number): CustomSeriesOption {
  const half = Math.min(14, 0.42 * room);
  return {
    type: 'custom',
    silent: true,
    data: layers.flatMap(({ lowerQuartile, median, upperQuartile }, index) =>
      lowerQuartile === null || median === null || upperQuartile === null
        ? []
        : [[index + 1, lowerQuartile, median, upperQuartile]],
    ),
    renderItem: (_, api) => {
      const position = api.value(0);
      const [x, low] = api.coord([position, api.value(1)]) as [number, number];
      const middle = api.coord([position, api.value(2)])[1]!;
      const high = api.coord([position, api.value(3)])[1]!;
      return {
        type: 'group',
        children: [
          {
            type: 'rect',
            shape: { x: x - half, y: high, width: 2 * half, height: low - high },
            style: { fill: 'none', stroke: COLOUR.ink, lineWidth: 1 },
          },
          {
            type: 'line',
            shape: { x1: x - half, x2: x + half, y1: middle, y2: middle },
            style: { stroke: COLOUR.ink, lineWidth: 3 },
          },
        ],
      };
    },
  };
}
