import type { BarSeriesOption } from 'echarts';
import { expect, it } from 'vitest';
import { activationByDepth } from '../queries/activation-by-depth.js';
import { activationHistograms } from '../queries/activation-histograms.js';
import { readRun } from '../queries/run-record.js';
import { plantedRun } from '../samples/planted-run.js';
import type { EChartsDrawing } from './chart.js';
import { histogramTiles } from './histogram-tiles.js';

it('stacks the units that fired on those that never did', async () => {
  const activation = activationByDepth(await readRun(plantedRun()), 'probe-split')!;
  const tiles = histogramTiles(activationHistograms(activation, 4), 'N = 100 images');
  const [never, fired] = (tiles.tiles[0]!.drawing as EChartsDrawing).option.series as BarSeriesOption[];
  expect(never!.data).toEqual([1, 0, 0, 0]);
  expect(fired!.data).toEqual([1, 0, 1, 1]);
  expect(tiles.summary).toBe('Units by Pr[y>0] in 4 bins (N = 100 images). 2 of 6 units have Pr[y>0] = 0.');
  expect(tiles.tiles[0]!.summary).toBe('first/relu: most units between 0.00 and 0.25; 1 at 0.');
  expect(tiles.table.rows[0]).toEqual(['first/relu', '1', '2', '0', '1', '1']);
});
