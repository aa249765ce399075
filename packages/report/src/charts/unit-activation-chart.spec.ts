import { expect, it } from 'vitest';
import { unitActivationChart } from './unit-activation-chart.js';

const activation = {
  on: 'probe-split',
  epochs: [0, 1, 2],
  pr: [0.5, null, 0.25],
  lower: [0.4, null, 0.125],
  upper: [0.6, null, 0.375],
} as const;

it('tells and draws what was measured, with its interval', () => {
  const chart = unitActivationChart(activation)!;
  expect(chart.summary).toBe(
    '2 measurements (probe split, evaluation mode): from 0.500 (0.400 – 0.600) at epoch 0 to 0.250 (0.125 – 0.375) at epoch 2.',
  );
  expect(chart.table.rows).toEqual([
    ['0', '0.500', '0.400', '0.600'],
    ['2', '0.250', '0.125', '0.375'],
  ]);
  const series = chart.draw(300).option.series as { type: string; data: unknown }[];
  expect(series.map(({ type }) => type)).toEqual(['line', 'custom', 'line']);
  expect(series[1]!.data).toEqual([[0, 0.6], [2, 0.375], [2, 0.125], [0, 0.4]]); // prettier-ignore
});

it('is no chart of a unit that was not measured', () => {
  expect(unitActivationChart({ ...activation, pr: [null, null, null] })).toBeUndefined();
});
