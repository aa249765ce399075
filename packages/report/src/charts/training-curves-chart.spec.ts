import { describe, expect, it } from 'vitest';
import { readRun } from '../queries/run-record.js';
import { trainingCurves, type TrainingCurves } from '../queries/training-curves.js';
import { plantedRun } from '../samples/planted-run.js';
import { accuracyChart, lossChart } from './training-curves-chart.js';

const curves = trainingCurves(await readRun(plantedRun()))!;
const dataOf = (option: unknown) =>
  (option as { series: { data: unknown }[] }).series.map((series) => series.data).filter((data) => String(data) !== '');

describe('training curves', () => {
  it('draw what the table and the caption say', () => {
    const loss = lossChart(curves)!;
    expect(loss.summary).toBe('Training loss 1.125 at epoch 2; test loss 1.25 at epoch 2.');
    expect(loss.table.rows).toEqual([
      ['1', '1.5', '1.75', '–'],
      ['2', '1.125', '1.25', '–'],
    ]);
    expect(dataOf(loss.draw(500).option)).toEqual([
      [
        [1, 1.5],
        [2, 1.125],
      ],
      [
        [1, 1.75],
        [2, 1.25],
      ],
    ]);
    const accuracy = accuracyChart(curves)!;
    expect(accuracy.summary).toBe('Training accuracy 62.50\u00a0% at epoch 2; test accuracy 61.25\u00a0% at epoch 2.');
    expect(dataOf(accuracy.draw(500).option)).toEqual([
      [
        [1, 0.5],
        [2, 0.625],
      ],
      [
        [1, 0.4],
        [2, 0.6125],
      ],
    ]);
  });

  it('leave a diverged loss out of the drawing and say so', () => {
    const diverged: TrainingCurves = {
      rows: [{ epoch: 1, trainLoss: NaN, testLoss: Infinity }],
      steps: [{ epoch: 0.5, loss: 3 }],
      stepsPerPoint: 1,
      divergedAt: 6,
    };
    const chart = lossChart(diverged)!;
    expect(chart.summary).toContain('From step 6 on the loss is not a finite number');
    expect(chart.table.rows).toEqual([
      ['1', 'not a number', '∞', '–'],
      ['0.5', '–', '–', '3'],
    ]);
    expect(dataOf(chart.draw(500).option)).toEqual([[[0.5, 3]]]);
    expect(lossChart({ ...diverged, steps: [] })).toBeUndefined();
    expect(accuracyChart(diverged)).toBeUndefined();
  });

  it('use a logarithmic axis only for a loss that spans decades', () => {
    const scale = (losses: readonly number[]) =>
      (
        lossChart({
          rows: losses.map((trainLoss, epoch) => ({ epoch, trainLoss })),
          steps: [],
          stepsPerPoint: 0,
        })!.draw(500).option.yAxis as { type: string }
      ).type;
    expect(scale([2, 1, 0.5])).toBe('value');
    expect(scale([1e4, 1])).toBe('log');
    expect(scale([1e4, 0])).toBe('value');
  });
});
