import { describe, expect, it } from 'vitest';
import { neverFiredOverEpochsChart } from './never-fired-over-epochs-chart.js';

const layers = [
  { site: 'first', units: 8, counts: [0, 1, 2] },
  { site: 'second', units: 4, counts: [1, null, 3] },
];

describe('units that never fired, through training', () => {
  const chart = neverFiredOverEpochsChart({ steps: [0, 10, 20], epochs: [0, 1, 2], layers });

  it('are summed where all layers were measured', () => {
    expect(chart.summary).toBe('5 of 12 units fired on no image at epoch 2, 1 at epoch 0; most in second: 3 of 4.');
    expect(chart.table.rows).toEqual([
      ['0', '1', '0', '1'],
      ['1', '–', '1', '–'],
      ['2', '5', '2', '3'],
    ]);
  });

  it('are drawn as a line a layer and one for all, without what was not measured', () => {
    const { series } = chart.draw(600).option;
    expect((series as { data: unknown }[]).map(({ data }) => data)).toEqual([
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      [
        [0, 1],
        [2, 3],
      ],
      [
        [0, 1],
        [2, 5],
      ],
    ]);
  });

  it('are told of a single measurement too', () => {
    const single = neverFiredOverEpochsChart({
      steps: [0],
      epochs: [0],
      layers: [{ site: 'one', units: 3, counts: [0] }],
    });
    expect(single.summary).toBe('0 of 3 units fired on no image at epoch 0.');
    expect(single.legend).toHaveLength(1);
  });
});
