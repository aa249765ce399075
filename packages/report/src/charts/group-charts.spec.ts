import type { CustomSeriesOption, LineSeriesOption, SeriesOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import type { GroupByDepth } from '../queries/group-curves.js';
import type { LayerDifferences } from '../queries/layer-differences.js';
import { site } from '../samples/sample-manifest.js';
import { groupDeadSharesChart, groupsByDepthChart } from './group-charts.js';
import { layerDifferencesChart } from './layer-differences-chart.js';

const sites = [site('a', 1, 2, 'dense', false), site('b', 2, 2, 'dense', false)];
const point = (mean: number, half: number, runs: number) => ({ mean, least: mean - half, greatest: mean + half, runs });
const groups: readonly GroupByDepth[] = [
  {
    label: 'initializer <he>',
    runs: 3,
    images: 100,
    layers: sites.map((one, i) => ({ site: one, ...point(0.5 - 0.1 * i, 0.1, 3) })),
  },
  {
    label: 'initializer rai',
    runs: 1,
    images: 100,
    layers: sites.map((one, i) => ({ site: one, ...point(0.4 + 0.1 * i, 0, 1) })),
  },
];

describe('groups of runs', () => {
  it('are means with an area from the least run to the greatest, where there are several', () => {
    const chart = groupsByDepthChart(groups);
    const series = chart.draw(700).option.series as readonly SeriesOption[];
    expect(series.map(({ type }) => type)).toEqual(['custom', 'line', 'line']);
    const [, first, second] = series as readonly LineSeriesOption[];
    expect(first!.data).toEqual([[0, 0.5], [1, 0.4]]); // prettier-ignore
    expect([first, second].map((line) => line!.lineStyle!.type)).toEqual(['solid', 'dashed']);
    expect((series[0] as CustomSeriesOption).data).toEqual([[0, 0.6], [1, 0.5], [1, 0.30000000000000004], [0, 0.4]]); // prettier-ignore
  });

  it('say how many runs there are, and that a range of few is no confidence interval', () => {
    const { summary, legend, table } = groupsByDepthChart(groups);
    expect(legend.map(({ label }) => label)).toEqual(['initializer <he> (3 runs)', 'initializer rai (1 run)']);
    expect(summary).toContain('which is no confidence interval: of 3 runs at most it is likely to be too narrow');
    expect(groupsByDepthChart(groups.slice(1)).summary).toContain('how far seeds differ is not known');
    expect(table.rows[0]).toEqual(['initializer <he>', '1', 'a', '3', '0.500', '0.400', '0.600']);
  });

  it('have a share of silent units over training, on an axis that fits even none', () => {
    const shares = (mean: number) => [
      { label: 'x', runs: 1, images: 100, units: 4, points: [0, 1].map((epoch) => ({ epoch, ...point(mean, 0, 1) })) },
    ];
    expect(groupDeadSharesChart(shares(0.25)).summary).toContain('x (1 run): 25.00\u00a0% at epoch 1');
    expect(groupDeadSharesChart(shares(0)).draw(500).option.yAxis).toMatchObject({ min: 0, max: 0.01 });
    expect(groupDeadSharesChart(shares(0.25)).table.rows).toHaveLength(2);
  });
});

describe('differences by layer', () => {
  const one: LayerDifferences = {
    label: 'rai',
    baseline: 'he',
    runs: 1,
    baselineRuns: 1,
    over: 'images',
    confidence: 0.95,
    layers: [
      { site: sites[0]!, difference: 0.2, lower: 0.1, upper: 0.3 },
      { site: sites[1]!, difference: -0.1, lower: null, upper: null },
    ],
  };

  it('are marks with their intervals about a line at 0, those of several groups side by side', () => {
    const chart = layerDifferencesChart([one, { ...one, label: 'glorot' }]);
    const [line, ...bars] = chart.draw(700).option.series as readonly [LineSeriesOption, ...CustomSeriesOption[]];
    expect(line.data).toEqual([[0.5, 0], [2.5, 0]]); // prettier-ignore
    const places = bars.map(({ data }) => (data as readonly number[][]).map(([x]) => x!));
    expect(places[0]![0]).toBeLessThan(1);
    expect(places[1]![0]).toBeGreaterThan(1);
    expect((bars[0]!.data as readonly number[][])[1]!.slice(1)).toEqual([-0.1, -0.1, -0.1]);
    expect(chart.legend.map(({ mark }) => mark)).toEqual(['ring', 'open-diamond']);
    expect(chart.table.rows[1]).toEqual(['rai', '2', 'b', '−0.1', '–', '–']);
  });

  it('say what their intervals are about', () => {
    const { title, summary } = layerDifferencesChart([one]);
    expect(title).toBe('Pr[y>0] by layer, difference from he');
    expect(summary).toContain('rai: +0.05 on average over 2 layers, interval without 0 at 1 of 1');
    expect(summary).toContain('95\u00a0% intervals over images');
    expect(summary).toContain('they say nothing of other seeds. There is none where');
    const repeated = layerDifferencesChart([{ ...one, over: 'runs', runs: 2, baselineRuns: 5 }]).summary;
    expect(repeated).toContain('Welch’s 95\u00a0% intervals over runs');
    expect(repeated).toContain('With 2 runs they are wide');
  });
});
