import { formatCount, formatEpoch, formatProbability, plural } from '../html/format.js';
import { trusted, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import type { UnitActivations } from '../queries/unit-activations.js';
import { unitHeatMap, type UnitHeatMap } from '../queries/unit-heat-maps.js';
import type { SmallMultiples } from './chart.js';
import { FAINT, heatMapPaths } from './heat-map-shades.js';
import { COLOUR } from './theme.js';

/**
 * One picture a layer: a row a unit (or a few), a column a measurement.
 * @param activations of every unit of every layer
 * @param of says on what was measured
 */
export function heatMapTiles(activations: readonly UnitActivations[], of: string): SmallMultiples {
  const maps = activations.map((layer) => unitHeatMap(layer));
  const never = (map: UnitHeatMap, column: number) => map.values.filter((row) => row.at(column) === 0).length;
  const grouped = maps.some((map) => map.unitsPerRow > 1 || map.measurementsPerColumn > 1);
  const silentRows = maps.reduce((sum, map) => sum + never(map, -1), 0);
  const rows = maps.reduce((sum, map) => sum + map.values.length, 0);
  return {
    title: 'Pr[y>0] of the units through training',
    summary:
      `A row is a unit, a column a measurement (${of}); rows run from the highest Pr[y>0] at the end to the lowest. ` +
      (grouped ? 'Where there are more units or measurements than rows or columns, a cell is their mean. ' : '') +
      `At the last column ${formatCount(silentRows)} of ${plural(rows, 'row')} did not fire at all.`,
    legend: [
      { label: 'never fired', colour: COLOUR.vermillion, mark: 'striped' },
      { label: `fired, Pr[y>0] < ${FAINT}`, colour: COLOUR.orange, mark: 'sparse' },
      { label: `Pr[y>0] from ${FAINT} to 1 in tenths`, colour: 'ramp', mark: 'ramp' },
    ],
    table: {
      columns: [
        { label: 'site', as: 'text' },
        { label: 'rows', as: 'number' },
        { label: 'units a row, at most', as: 'number' },
        { label: 'columns', as: 'number' },
        { label: 'rows at 0, first column', as: 'number' },
        { label: 'rows at 0, last column', as: 'number' },
      ],
      rows: maps.map((map) => [
        label(map.site.name, 80),
        String(map.values.length),
        String(map.unitsPerRow),
        String(map.columns.length),
        String(never(map, 0)),
        String(never(map, -1)),
      ]),
    },
    heatMaps: {
      columns: activations[0]!.columns,
      sites: activations.map(({ site, values }) => ({ name: label(site.name), values })),
    },
    tiles: maps.map((map) => ({
      label: label(map.site.name, 60),
      note: map.unitsPerRow > 1 ? `up to ${map.unitsPerRow} units a row` : plural(map.values.length, 'unit'),
      summary:
        `${label(map.site.name, 60)}: Pr[y>0] at the end from ${formatProbability(map.values.at(-1)!.at(-1))} ` +
        `to ${formatProbability(map.values[0]!.at(-1))}.`,
      drawing: drawHeatMap(map),
      ends: [`epoch ${formatEpoch(map.columns[0]!.from)}`, formatEpoch(map.columns.at(-1)!.to)],
    })),
  };
}

function drawHeatMap({ values, columns }: UnitHeatMap): Markup {
  const paths = heatMapPaths(values).map(({ colour, dashes, path }) => {
    return `<path stroke="${colour}" d="${path}"${dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`}/>`;
  });
  const height = Math.min(150, Math.max(36, values.length * 2.4));
  return trusted(
    `<svg class="heat" viewBox="0 -.5 ${columns.length} ${values.length}" width="220" height="${height}" ` +
      `preserveAspectRatio="none" fill="none" shape-rendering="crispEdges" aria-hidden="true">${paths.join('')}</svg>`,
  );
}
