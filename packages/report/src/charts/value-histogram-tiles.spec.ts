import { describe, expect, it } from 'vitest';
import { plantedRun } from '../samples/planted-run.js';
import { readRun, type RunRecord } from '../queries/run-record.js';
import { valueHistograms } from '../queries/value-histograms.js';
import { valueHistogramTiles } from './value-histogram-tiles.js';

const planted = await readRun(plantedRun());

/** Half of the elements are 0; of the others half are above ½ and a quarter above 1. */
const recorded = (epoch: number, above0: number): RunRecord['readings'][number] => ({
  probe: 'activation-histogram',
  site: 'first/relu',
  on: 'probe-split',
  step: 10 * epoch,
  epoch,
  images: 100,
  units: {},
  layer: { above0, 'above2^0': above0 / 4, 'above2^-1': above0 / 2 },
});
const record = { ...planted, readings: [recorded(0, 0.5), recorded(1, 0.25)] };

describe('histograms of activations', () => {
  it('are the differences between the shares above neighbouring levels', () => {
    expect(valueHistograms(record)).toMatchObject([
      {
        levels: [0.5, 1],
        shares: [
          [0.5, 0.75],
          [0.25, 0.125],
          [0.125, 0.0625],
          [0.125, 0.0625],
        ],
        columns: [{ from: 0 }, { from: 1 }],
      },
    ]);
    expect(valueHistograms(record, 1)[0]!.shares.map(([share]) => share)).toEqual([0.625, 0.1875, 0.09375, 0.09375]);
    expect(valueHistograms(planted)).toEqual([]);
  });

  it('are told and drawn', () => {
    const tiles = valueHistogramTiles(valueHistograms(record), 'N = 100');
    expect(tiles.summary).toContain('At the last column 75');
    expect(tiles.table.rows[0]).toEqual(['first/relu', '0', '0.5', '0.25', '0.125', '0.125']);
    const { option } = tiles.tiles[0]!.drawing as { option: { yAxis: { axisLabel: { customValues: number[] } } } };
    expect(option.yAxis.axisLabel.customValues).toEqual([1 / 3, 2 / 3]);
  });

  it('of a layer that diverged have empty columns', () => {
    const diverged = valueHistograms({ ...planted, readings: [recorded(0, 0.5), recorded(1, NaN)] });
    expect(() => valueHistogramTiles(diverged, 'N = 100')).not.toThrow();
  });
});
