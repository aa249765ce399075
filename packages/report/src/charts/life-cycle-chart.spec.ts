import type { BarSeriesOption } from 'echarts';
import { expect, it } from 'vitest';
import { lifeCycle, type LifeCycle } from '../queries/life-cycle.js';
import { readRun } from '../queries/run-record.js';
import { plantedRun } from '../samples/planted-run.js';
import { lifeCycleChart } from './life-cycle-chart.js';

const barsOf = (cycle: LifeCycle) =>
  (lifeCycleChart(cycle)!.draw(500).option.series as BarSeriesOption[]).map((series) => series.data as number[]);

it('draws deaths upwards and revivals downwards', async () => {
  const cycle = lifeCycle(await readRun(plantedRun()))!;
  expect(barsOf(cycle)).toEqual([[1], [-1]]);
  expect(lifeCycleChart(cycle)!.summary).toBe('1 death and 1 revival were seen during training.');
});

it('is left out where nothing died or revived', () => {
  expect(lifeCycleChart({ bornDead: 0, died: 0, revived: 0, layers: [], timeline: [] })).toBeUndefined();
});

it('gathers long trainings in at most 60 bars without losing an event', () => {
  const timeline = Array.from({ length: 500 }, (_, epoch) => ({
    step: epoch,
    epoch,
    bornDead: 0,
    died: 2,
    revived: 1,
  }));
  const [died, revived] = barsOf({ bornDead: 0, died: 1000, revived: 500, layers: [], timeline });
  expect(died!.length).toBeLessThanOrEqual(60);
  expect(died!.reduce((a, b) => a + b)).toBe(1000);
  expect(revived!.reduce((a, b) => a + b)).toBe(-500);
});
