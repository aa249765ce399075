import type { SimulationSeries, TheorySeries } from '@reluctant/core';
import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, XAXisComponentOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import { simulationChart } from './simulation-chart.js';

const curve = (changes: Partial<SimulationSeries> = {}): SimulationSeries => ({
  name: 'error',
  group: 'He',
  axis: { label: 'step', values: [0, 1, 10, 100] },
  mean: [4, 3, 2, 1],
  lower: [3.5, 2.5, 1.5, 0.5],
  upper: [4.5, 3.5, 2.5, 1.5],
  band: '99 % confidence of the mean',
  trials: 2000,
  ...changes,
});
const chartOf = (...curves: readonly SimulationSeries[]) =>
  simulationChart({ name: 'error', axis: 'step', curves, theories: [] });

describe('simulation', () => {
  it('draws mean and band on a logarithmic axis and keeps the point at 0 in the table', () => {
    const chart = chartOf(curve())!;
    const { option } = chart.draw(500);
    const [band, line] = option.series as [CustomSeriesOption, LineSeriesOption];
    expect((option.xAxis as XAXisComponentOption).type).toBe('log');
    expect(line.data).toEqual([
      [1, 3],
      [10, 2],
      [100, 1],
    ]);
    expect(band.data).toEqual([
      [1, 3.5],
      [10, 2.5],
      [100, 1.5],
      [100, 0.5],
      [10, 1.5],
      [1, 2.5],
    ]);
    expect(chart.table.rows[0]).toEqual(['He', '0', '4', '3.5', '4.5']);
    expect(chart.summary).toBe(
      'At step = 100, 2,000 trials each, He: 1 (0.5 to 1.5). In brackets: 99 % confidence of the mean. ' +
        'Points at 0 or less are in the table only.',
    );
  });

  it('has a linear axis for places that are spread evenly, and shows the point at 0', () => {
    const values = Array.from({ length: 13 }, (_, epoch) => epoch);
    const chart = chartOf(curve({ axis: { label: 'epoch', values }, mean: values, lower: values, upper: values }))!;
    const { option } = chart.draw(500);
    expect((option.xAxis as XAXisComponentOption).type).toBe('value');
    expect((option.series as [CustomSeriesOption, LineSeriesOption])[1].data).toHaveLength(13);
    expect(chart.summary).not.toContain('table only');
  });

  it('tells groups apart by colour and dash', () => {
    const { legend } = chartOf(curve(), curve({ group: 'RAI' }))!;
    expect(legend.map(({ label }) => label)).toEqual(['He', 'RAI']);
    expect(new Set(legend.map(({ colour }) => colour)).size).toBe(2);
    expect(new Set(legend.map(({ mark }) => mark)).size).toBe(2);
  });

  it('says once what the groups share, and of a group that ended elsewhere where it ended', () => {
    const short = { axis: { label: 'step', values: [1, 10] }, mean: [3, 2], lower: [2, 1], upper: [4, 3] };
    const { summary } = chartOf(curve(), curve({ group: 'RAI' }), curve({ group: 'short', ...short }))!;
    expect(summary).toMatch(
      /^At step = 100, 2,000 trials each, He: 1 \(0\.5 to 1\.5\); RAI: 1 \(0\.5 to 1\.5\)\. At step = 10, 2,000 trials each, short: 2 \(1 to 3\)\. In brackets/,
    );
  });

  it('leaves out what is not finite, and the chart where nothing is', () => {
    const chart = chartOf(curve({ mean: [NaN, 3, Infinity, 1] }))!;
    const lines = (chart.draw(500).option.series as LineSeriesOption[]).filter((series) => series.type === 'line');
    expect(lines[0]!.data).toEqual([
      [1, 3],
      [100, 1],
    ]);
    expect(chartOf(curve({ mean: [NaN, NaN, NaN, NaN] }))).toBeUndefined();
    expect(chartOf(curve({ axis: { label: 'step', values: [] } }))).toBeUndefined();
  });

  it('draws the finest theory solid, those before it dashed and dotted, and marks what leaves the band', () => {
    const theory = (name: string, values: readonly number[], group = 'He'): TheorySeries => {
      return { name: 'error', group, theory: name, axis: { label: 'step', values: [0, 1, 10, 100] }, values };
    };
    const chart = simulationChart({
      name: 'error',
      axis: 'step',
      curves: [curve({ standardError: [0.2, 0.2, 0.2, 0.2] })],
      theories: [theory('C0', [4, 3, 2, 3]), theory('C1', [4, 3, 2, 1]), theory('C2', [4, 3.1, NaN, 1])],
    })!;
    const series = chart.draw(500).option.series as (LineSeriesOption | ScatterSeriesOption)[];
    const [means, ...lines] = series.filter((one): one is LineSeriesOption => one.type === 'line');
    expect(means!.showSymbol).toBe(true);
    expect(lines.map(({ lineStyle }) => lineStyle!.type)).toEqual(['dotted', 'dashed', 'solid']);
    expect(lines[2]!.data).toEqual([
      [1, 3.1],
      [100, 1],
    ]);
    expect(series.filter(({ type }) => type === 'scatter').map(({ data }) => data)).toEqual([[[100, 3]]]);
    expect(chart.summary).toContain(
      'C0 for “He”: outside the band at 1 of 4 places, first at step = 100; largest deviation 10 standard errors (2) at step = 100.',
    );
    expect(chart.summary).toContain(
      'C2 for “He”: inside the band at all 3 places; largest deviation 0.5 standard errors (0.1)',
    );
    expect(chart.legend.map(({ mark }) => mark)).toEqual(['circle', 'dotted', 'dashed', 'line', 'diamond']);
    expect(chart.table.columns.map(({ label }) => label).slice(5)).toEqual(['C0', 'C1', 'C2']);
    expect(chart.table.rows[1]).toEqual(['He', '1', '3', '2.5', '3.5', '3', '3', '3.1']);
  });

  it('draws theory alone, in the colours of its groups', () => {
    const axis = { label: 'Pr[y>0]', values: [0.5, 0.1] };
    const theories = ['λ−', 'λ+'].map((group, at) => ({
      name: 'rate',
      group,
      theory: 'exact',
      axis,
      values: [2, 1 + at],
    }));
    const chart = simulationChart({ name: 'rate', axis: 'Pr[y>0]', curves: [], theories })!;
    const lines = chart.draw(500).option.series as LineSeriesOption[];
    expect(new Set(lines.map(({ color }) => color)).size).toBe(2);
    expect(chart.table.rows[0]).toEqual(['λ−', '0.1', '–', '–', '–', '1']);
  });
});
