import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Markup } from '../html/markup.js';
import { readRun } from '../queries/run-record.js';
import { unitActivations } from '../queries/unit-activations.js';
import { plantedRun } from '../samples/planted-run.js';
import { heatMapPaths, shadeOf } from './heat-map-shades.js';
import { heatMapTiles } from './heat-map-tiles.js';

/** Reads the strokes back into cells. */
function cellsOf(paths: readonly (readonly [shade: string, path: string])[], rows: number, columns: number) {
  const cells = Array.from({ length: rows }, () => new Array<string | undefined>(columns).fill(undefined));
  for (const [shade, path] of paths) {
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g))
      cells[Number(y)]!.fill(shade, Number(x), Number(x) + Number(length));
  }
  return cells;
}

/** The colours of a drawing's cells. */
function coloursOf(drawing: unknown, rows: number, columns: number) {
  const paths = (drawing as Markup).text.matchAll(/<path stroke="var\(--(\w+)\)" d="([^"]*)"/g);
  return cellsOf(
    [...paths].map(([, colour, path]) => [colour!, path!]),
    rows,
    columns,
  );
}

describe('heat maps', () => {
  it('draw the planted units, those that never fired in a shade of their own', async () => {
    const tiles = heatMapTiles(
      unitActivations(await readRun(plantedRun()), 'probe-split'),
      'N = 100 images, probe split, evaluation mode',
    );
    expect(coloursOf(tiles.tiles[0]!.drawing, 4, 3)).toEqual([
      ['r9', 'r9', 'r9'],
      ['r5', 'r5', 'r5'],
      ['r5', 'r5', 'orange'],
      ['r5', 'vermillion', 'vermillion'],
    ]);
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
          const paths = heatMapPaths(values).map(({ shade, path }) => [shade, path] as const);
          expect(cellsOf(paths, values.length, 5)).toEqual(values.map((row) => row.map(shadeOf)));
        },
      ),
    );
  });
});
