import type { LineSeriesOption } from 'echarts';
import { expect, it } from 'vitest';
import { activationOverEpochs } from '../queries/activation-over-epochs.js';
import { readRun } from '../queries/run-record.js';
import { plantedRun } from '../samples/planted-run.js';
import { activationOverEpochsChart } from './activation-over-epochs-chart.js';

it('draws a line a layer, dashed where a skip connection enters', async () => {
  const chart = activationOverEpochsChart(activationOverEpochs(await readRun(plantedRun()), 'probe-split')!);
  const [, first, second] = chart.draw(600).option.series as LineSeriesOption[];
  expect(first!.data).toEqual([
    [0, 0.625],
    [1, 0.5],
    [2, 0.37625],
  ]);
  expect(second!.data).toEqual([
    [0, 0],
    [1, 0.125],
    [2, 0.375],
  ]);
  expect([first, second].map((line) => line!.lineStyle!.type)).toEqual(['solid', 'dashed']);
  expect(chart.summary).toContain('first/relu from 0.625 to 0.376; second/relu from 0.000 to 0.375');
  expect(chart.summary).toContain('100 images');
  expect(chart.table.rows).toEqual([
    ['0', '0.625', '0.000'],
    ['1', '0.500', '0.125'],
    ['2', '0.376', '0.375'],
  ]);
});
