import type { ScatterSeriesOption, XAXisComponentOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import { activationByDepth } from '../queries/activation-by-depth.js';
import { readRun } from '../queries/run-record.js';
import { plantedRun } from '../samples/planted-run.js';
import { resnetSites } from '../samples/sample-manifest.js';
import { sampleRun } from '../samples/sample-run.js';
import { activationByDepthChart } from './activation-by-depth-chart.js';

const activation = activationByDepth(await readRun(plantedRun()), 'probe-split')!;
const chart = activationByDepthChart(activation);
const dotsOf = (width: number) =>
  (chart.draw(width).option.series as ScatterSeriesOption[]).filter((series) => series.type === 'scatter');

describe('activation by depth', () => {
  it('shows every unit as a dot at its own value, near its site, in the marker of its kind', () => {
    const [plain, skip] = dotsOf(800).map((series) => series.data as [number, number][]);
    expect(plain!.map(([, pr]) => pr)).toEqual([0, 0.005, 0.5, 1]);
    expect(skip!.map(([, pr]) => pr)).toEqual([0, 0.75]);
    expect(plain!.every(([x]) => Math.abs(x - 1) < 0.5)).toBe(true);
    expect(skip!.every(([x]) => Math.abs(x - 2) < 0.5)).toBe(true);
    expect(dotsOf(800).map((series) => series.symbol)).toEqual(['circle', 'diamond']);
    expect(dotsOf(800)).toEqual(dotsOf(800));
  });

  it('says the number of images, the mean and the medians', () => {
    expect(chart.summary).toBe(
      'Each dot is one of 6 units at epoch 2, measured on 100 images (probe split, evaluation mode). ' +
        'Mean over units 0.376; median 0.253 at first/relu, nearest the input, and 0.375 at second/relu, nearest the output.',
    );
    expect(chart.table.rows[1]).toEqual([
      '2',
      'second/relu',
      'yes',
      '2',
      '0.375',
      '0.325 – 0.425',
      '0.188',
      '0.375',
      '0.563',
      '0.000',
      '0.750',
      '0.500',
    ]);
  });

  it('names the training batches in the title', () => {
    expect(activationByDepthChart({ ...activation, on: 'training-step' }).title).toContain('training batches');
    expect(activationByDepthChart({ ...activation, on: 'training-step' }).summary).toContain('training mode');
  });

  it('leaves out axis labels that would collide', async () => {
    const deep = activationByDepth(await readRun(sampleRun(resnetSites(9), { epochs: 1 })), 'probe-split')!;
    for (const width of [360, 860]) {
      const axis = activationByDepthChart(deep).draw(width).option.xAxis as XAXisComponentOption;
      const labelled = (axis.axisLabel as { customValues: number[] }).customValues;
      const room = (width - 80) / 55;
      expect((labelled[1]! - labelled[0]!) * room).toBeGreaterThanOrEqual(20);
    }
  });
});
