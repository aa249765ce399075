import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Markup } from '../html/markup.js';
import { readRun } from '../queries/run-record.js';
import { unitHeatMaps, type UnitHeatMap } from '../queries/unit-heat-maps.js';
import { plantedRun } from '../samples/planted-run.js';
import { site } from '../samples/sample-manifest.js';
import { heatMapTiles, shadeOf } from './heat-map-tiles.js';

/** Reads the strokes back into cells. */
function cellsOf(svg: string, rows: number, columns: number): (string | undefined)[][] {
  const cells = Array.from({ length: rows }, () => new Array<string | undefined>(columns).fill(undefined));
  for (const [, shade, path] of svg.matchAll(/<path class="h(\w)" d="([^"]*)"/g)) {
    for (const [, x, y, length] of path!.matchAll(/M(\d+) (\d+)h(\d+)/g))
      cells[Number(y)]!.fill(shade, Number(x), Number(x) + Number(length));
  }
  return cells;
}
const drawingOf = (map: UnitHeatMap) => (heatMapTiles([map], 'N = 100 images').tiles[0]!.drawing as Markup).text;

describe('heat maps', () => {
  it('draw the planted units, those that never fired in a shade of their own', async () => {
    const maps = unitHeatMaps(await readRun(plantedRun()), 'probe-split');
    expect(cellsOf(drawingOf(maps[0]!), 4, 3)).toEqual([
      ['9', '9', '9'],
      ['5', '5', '5'],
      ['5', '5', 'f'],
      ['5', 'n', 'n'],
    ]);
    const tiles = heatMapTiles(maps, 'N = 100 images, probe split, evaluation mode');
    expect(tiles.summary).toContain('At the last column 2 of 6 rows did not fire at all.');
    expect(tiles.table.rows).toEqual([
      ['first/relu', '4', '1', '3', '0', '1'],
      ['second/relu', '2', '1', '3', '2', '1'],
    ]);
    expect(tiles.tiles[1]!.summary).toBe('second/relu: Pr[y>0] at the end from 0.000 to 0.750.');
  });

  it('lose no cell to the run-length strokes', () => {
    const cell = fc.oneof(fc.constant(null), fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        (values) => {
          const columns = values[0]!.map((_, epoch) => ({ from: epoch, to: epoch }));
          const map = {
            site: site('a', 1, 6, 'conv', false),
            values,
            unitsPerRow: 1,
            measurementsPerColumn: 1,
            columns,
          };
          expect(cellsOf(drawingOf(map), values.length, 5)).toEqual(values.map((row) => row.map(shadeOf)));
        },
      ),
    );
  });
});
