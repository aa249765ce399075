import type { SimulationMap } from '@reluctant/core';
import type { XAXisComponentOption } from 'echarts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapChart } from './map-chart.js';
import { cellEdges, shadeCells, shadeScale } from './map-shades.js';

const map: SimulationMap = {
  title: 'Basin',
  x: { label: '|w|', values: [1, 2, 3] },
  y: { label: 'overlap', values: [-1, 1] },
  value: { label: 'Pr[y>0]', scale: 'logarithmic' },
  values: [
    [0.001, 0.01, 0],
    [1, 1, NaN],
  ],
  lines: [
    {
      kind: 'trajectory',
      label: 'dies',
      points: [
        [1, 0],
        [2, -1],
      ],
    },
    {
      kind: 'boundary',
      label: 'edge',
      points: [
        [1, -1],
        [3, 1],
      ],
    },
  ],
  points: [{ label: 'teacher', x: 1, y: 1 }],
  notes: ['Mean field.'],
};

describe('a map', () => {
  it('is told in words and as a table, and its legend names every mark', () => {
    const { summary, legend, table } = mapChart(map);
    expect(summary).toBe(
      'Pr[y>0] over |w| from 1 to 3 (across) and overlap from -1 to 1 (up): from 0 to 1. 1 trajectory: 1 dies. ' +
        'The boundary “edge” runs from (1, -1) to (3, 1). teacher at (1, 1). Mean field.',
    );
    expect(legend.map(({ mark }) => mark)).toEqual(['ramp', 'line', 'dashed', 'diamond']);
    expect(table.rows).toHaveLength(6);
    expect(table.rows[5]).toEqual(['3', '1', 'not a number']);
  });

  it('has logarithmic axes only over decades, and edges around the outer cells', () => {
    const linear = mapChart(map).draw(600).option.xAxis as XAXisComponentOption;
    expect(linear).toMatchObject({ type: 'value', min: 0.5, max: 3.5 });
    const wide = mapChart({ ...map, x: { label: 'μ', values: [0.001, 0.01, 0.1] } }).draw(600).option.xAxis;
    expect(wide).toMatchObject({ type: 'log' });
  });

  it('is no chart of numbers where there are none', () => {
    const empty = { ...map, values: map.values.map((row) => row.map(() => NaN)), lines: [], points: [], notes: [] };
    expect(mapChart(empty).summary).toMatch(/no finite value\.$/);
    expect(mapChart(empty).draw(600).option.series).toHaveLength(1);
  });
});

describe('shades', () => {
  it('are even in the logarithm, lightest for 0, and none for what is not finite', () => {
    const { shadeOf } = shadeScale(map);
    expect([0, 0.001, 0.0315, 0.999, 1, NaN].map(shadeOf)).toEqual([0, 0, 4, 9, 9, undefined]);
    expect(shadeScale({ ...map, value: { label: '', scale: 'linear' } }).shadeOf(0.35)).toBe(3);
  });

  it('of runs of cells cover every finite cell once', () => {
    const cell = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(NaN));
    const grid = fc
      .integer({ min: 1, max: 9 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(grid, (values) => {
        const scale = shadeScale({ values, value: { label: '', scale: 'linear' } });
        const covered = values.map((row) => row.map(() => -1));
        for (const [shade, runs] of shadeCells(values, scale)) {
          for (const { row, from, to } of runs) for (let at = from; at < to; at++) covered[row]![at] = shade;
        }
        expect(covered).toEqual(values.map((row) => row.map((value) => scale.shadeOf(value) ?? -1)));
      }),
    );
  });

  it('lie between edges that increase around their places', () => {
    expect(cellEdges([1, 2, 4], false)).toEqual([0.5, 1.5, 3, 5]);
    expect(cellEdges([1, 100], true).map((edge) => Math.round(edge * 1e6) / 1e6)).toEqual([0.1, 10, 1000]);
    expect(cellEdges([2], false)).toEqual([1.5, 2.5]);
  });
});
