import { formatCount, formatEpoch, formatNumber, formatProbability, plural } from '../html/format.js';
import { label } from '../html/label.js';
import { LEAST_PR, type PositionMap } from '../queries/position-maps.js';
import { cellSeries } from './cell-series.js';
import type { EChartsDrawing, SmallMultiples } from './chart.js';
import { shadeCells, shadeScale } from './map-shades.js';

/** Where on their maps the most uneven units of the layers fire, each in shades of its own range. Needs one map at least. */
export function positionMapTiles(maps: readonly PositionMap[]): SmallMultiples {
  const { images, epoch } = maps[0]!;
  const coarse = maps.some(({ values, map }) => values.length < map[0]);
  const sites = new Set(maps.map(({ site }) => site.name)).size;
  const rangeOf = ({ least, greatest }: PositionMap) =>
    least === greatest
      ? `${formatProbability(least)} everywhere`
      : `${formatProbability(least)} to ${formatProbability(greatest)}`;
  return {
    title: 'Where on the image units fire',
    summary:
      `Pr[y>0] at each position of the map of ${plural(maps.length, 'unit')} of ${plural(sites, 'site')} at epoch ${formatEpoch(epoch)}, ` +
      `over ${plural(images, 'image')} (probe split, evaluation mode): the most uneven of each layer, by the participation ratio of their ` +
      `positions, among units with Pr[y>0] of at least ${LEAST_PR}.` +
      (coarse ? ' Large maps are drawn as means over squares of positions; ranges are of single positions.' : ''),
    legend: [
      {
        label:
          'from the least Pr[y>0] of the unit’s positions to the greatest, in tenths; the range stands above each map',
        colour: 'ramp',
        mark: 'ramp',
      },
    ],
    table: {
      columns: [
        { label: 'site', as: 'text' },
        { label: 'unit', as: 'number' },
        { label: 'rows × columns', as: 'number' },
        { label: 'least Pr[y>0]', as: 'number' },
        { label: 'greatest Pr[y>0]', as: 'number' },
        { label: 'effective positions', as: 'number' },
      ],
      rows: maps.map(({ site, unit, map, least, greatest, effectivePositions }) => [
        label(site.name, 80),
        String(unit),
        `${map[0]} × ${map[1]}`,
        formatProbability(least),
        formatProbability(greatest),
        formatNumber(effectivePositions),
      ]),
    },
    tiles: maps.map((map) => ({
      label: label(map.site.name, 60),
      note: `unit ${map.unit}: ${rangeOf(map)}`,
      summary:
        `Unit ${map.unit} of ${label(map.site.name, 60)}: Pr[y>0] ${rangeOf(map)} over ${formatCount(map.map[0] * map.map[1])} positions, ` +
        `as if at ${formatNumber(map.effectivePositions)} of them.`,
      drawing: draw(map),
    })),
  };
}

/** The upper left of the image is the upper left of the picture; cells are square. */
function draw({ values }: PositionMap): EChartsDrawing {
  const [rows, columns] = [values.length, values[0]!.length];
  const scale = shadeScale({ values, value: { label: '', scale: 'linear' } });
  const edges = (count: number) => Array.from({ length: count + 1 }, (_, index) => index);
  const side = 132;
  const cell = side / Math.max(rows, columns);
  return {
    width: 170,
    height: Math.ceil(cell * rows) + 4,
    option: {
      animation: false,
      grid: { left: 0, top: 2, width: cell * columns, height: cell * rows, outerBoundsMode: 'none' },
      xAxis: { type: 'value', min: 0, max: columns, show: false },
      yAxis: { type: 'value', min: 0, max: rows, inverse: true, show: false },
      series: [cellSeries(shadeCells(values, scale), edges(columns), edges(rows))],
    },
  };
}
