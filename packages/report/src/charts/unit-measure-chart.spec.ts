import { expect, it } from 'vitest';
import { unitMeasureChart } from './unit-measure-chart.js';

const measure = { probe: 'dormant', measure: 'score', on: 'probe-split', epochs: [0, 1, 2] } as const;

it('tells and draws what is finite, and lists everything', () => {
  const chart = unitMeasureChart({ ...measure, values: [0.25, null, 3] })!;
  expect(chart.summary).toBe('dormant (probe split, evaluation mode): 0.25 at epoch 0, 3 at epoch 2, 2 measurements.');
  expect(chart.table.rows).toEqual([
    ['0', '0.25'],
    ['1', '–'],
    ['2', '3'],
  ]);
  expect(chart.draw(300).option.series).toMatchObject([
    {
      data: [
        [0, 0.25],
        [2, 3],
      ],
    },
  ]);
});

it('is no chart without a finite value', () => {
  expect(unitMeasureChart({ ...measure, values: [null, NaN, null] })).toBeUndefined();
});
