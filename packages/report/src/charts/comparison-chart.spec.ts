import type { LineSeriesOption } from 'echarts';
import { expect, it } from 'vitest';
import { activationByDepth } from '../queries/activation-by-depth.js';
import { readRun } from '../queries/run-record.js';
import { plantedRun } from '../samples/planted-run.js';
import { comparisonChart } from './comparison-chart.js';

it('draws a line a run over relative depth', async () => {
  const activation = activationByDepth(await readRun(plantedRun()), 'probe-split')!;
  const one = { ...activation, layers: activation.layers.slice(0, 1) };
  const chart = comparisonChart([
    { name: 'a', activation },
    { name: 'b', activation: one },
  ]);
  const lines = (chart.draw(500).option.series as LineSeriesOption[]).map((line) => line.data);
  expect(lines).toEqual([
    [
      [0, 0.37625],
      [1, 0.375],
    ],
    [[0, 0.37625]],
  ]);
  expect(chart.summary).toContain('a: mean over units 0.376, 2 sites, 100 images (probe split, evaluation mode)');
  expect(chart.table.rows).toHaveLength(3);
});
