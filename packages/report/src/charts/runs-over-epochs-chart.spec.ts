import { expect, it } from 'vitest';
import { formatPercent } from '../html/format.js';
import { runsOverEpochsChart, runStyle } from './runs-over-epochs-chart.js';

const chart = runsOverEpochsChart({
  title: 'Test accuracy',
  quantity: 'accuracy',
  most: 1,
  format: formatPercent,
  formatTick: String,
  runs: [
    { name: 'a', points: [[1, 0.5], [2, 0.75]] }, // prettier-ignore
    { name: 'not measured', points: [] },
    { name: '<b>', points: [[4, 0.25]] },
  ],
});

it('tells the last value of every run, and that there is none', () => {
  expect(chart.summary.replaceAll('\u00a0', ' ')).toBe(
    'Last: a 75.00 % at epoch 2; not measured –; <b> 25.00 % at epoch 4.',
  );
  expect(chart.table.rows).toHaveLength(3);
});

it('draws all runs over the epochs of the longest', () => {
  const { xAxis, series } = chart.draw(400).option;
  expect(xAxis).toMatchObject({ min: 0, max: 4 });
  expect(series).toHaveLength(3);
});

it('draws no two of the first twenty-one runs alike', () => {
  const styles = Array.from({ length: 21 }, (_, index) => JSON.stringify(runStyle(index)));
  expect(new Set(styles)).toHaveLength(21);
});
