import { formatCount, formatEpoch, formatProbability, plural } from '../html/format.js';
import { trusted, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import type { UnitHeatMap } from '../queries/unit-heat-maps.js';
import type { SmallMultiples } from './chart.js';
import { COLOUR, RAMP_STEPS } from './theme.js';

/** Cells below this, but above zero, get a shade of their own. */
const FAINT = 0.01;

/** One picture a layer: a row a unit (or a few), a column a measurement. `of` says on what was measured. */
export function heatMapTiles(maps: readonly UnitHeatMap[], of: string): SmallMultiples {
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
      { label: 'never fired', colour: COLOUR.vermillion, mark: 'band' },
      { label: `fired, Pr[y>0] < ${FAINT}`, colour: COLOUR.orange, mark: 'band' },
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

/** Class of a cell: `n` never fired, `f` faint, `0` … `9` tenths of Pr[y>0]; undefined where nothing was measured. */
export function shadeOf(value: number | null): string | undefined {
  if (value === null) return undefined;
  if (value === 0) return 'n';
  if (value < FAINT) return 'f';
  return String(Math.min(RAMP_STEPS - 1, Math.floor(value * RAMP_STEPS)));
}

/**
 * One path for each shade, in which each run of equal cells along a row is one horizontal stroke of the height of a row:
 * some bytes a run instead of an element a cell.
 */
function drawHeatMap(map: UnitHeatMap): Markup {
  const strokes = new Map<string, string>();
  map.values.forEach((row, y) => {
    const shades = row.map(shadeOf);
    for (let start = 0, end = 1; end <= shades.length; end++) {
      if (end < shades.length && shades[end] === shades[start]) continue;
      const shade = shades[start];
      if (shade !== undefined) strokes.set(shade, `${strokes.get(shade) ?? ''}M${start} ${y}h${end - start}`);
      start = end;
    }
  });
  const paths = [...strokes].sort().map(([shade, path]) => `<path class="h${shade}" d="${path}"/>`);
  const height = Math.min(150, Math.max(36, map.values.length * 2.4));
  return trusted(
    `<svg class="heat" viewBox="0 -.5 ${map.columns.length} ${map.values.length}" width="220" height="${height}" ` +
      `preserveAspectRatio="none" aria-hidden="true">${paths.join('')}</svg>`,
  );
}
