import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, SeriesOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import { activationByDepth } from '../queries/activation-by-depth.js';
import { depthTrends } from '../queries/depth-trend.js';
import { readRun } from '../queries/run-record.js';
import { sortedActivation } from '../queries/sorted-activation.js';
import type { UnitUtility } from '../queries/unit-utility.js';
import { plantedRun } from '../samples/planted-run.js';
import { resnetSites, site } from '../samples/sample-manifest.js';
import { sampleRun } from '../samples/sample-run.js';
import { activationByDepthChart } from './activation-by-depth-chart.js';
import type { Chart } from './chart.js';
import { sortedActivationChart } from './sorted-activation-chart.js';
import { utilityChart } from './utility-chart.js';

const seriesOf = (chart: Chart, width = 860) => chart.draw(width).option.series as readonly SeriesOption[];
const deep = activationByDepth(await readRun(sampleRun(resnetSites(3), { epochs: 4 })), 'probe-split')!;
const planted = activationByDepth(await readRun(plantedRun()), 'probe-split')!;

describe('the trend in the chart by depth', () => {
  const trends = depthTrends(deep);
  const chart = activationByDepthChart(deep, trends);

  it('is a line and a fan for each kind of site, told apart by dash as well as by colour', () => {
    const lines = seriesOf(chart).filter((series): series is LineSeriesOption => series.type === 'line');
    expect(trends.map(({ of }) => of)).toEqual(['no skip', 'skip']);
    expect(lines.slice(-2).map(({ lineStyle }) => lineStyle!.type)).toEqual(['solid', 'dashed']);
    const [line] = lines.slice(-2);
    const data = line!.data as [number, number][];
    // Sites without a skip are the first, second, fourth, …, eighteenth of nineteen.
    expect(data[0]![0]).toBe(1);
    expect(data.at(-1)![0]).toBe(18);
    expect(data[0]![1]).toBeCloseTo(trends[0]!.points[0]!.mean, 12);
  });

  it('is told with its interval and what that assumes', () => {
    expect(chart.summary).toMatch(
      /The trend of the means without a skip falls with depth: −0\.0\d+ a site \(95\u00a0% interval −0\.0\d+ to −0\.0\d+; 10 sites\)/,
    );
    expect(chart.summary).toContain('take the layers’ deviations from the line as independent and alike');
    expect(chart.legend.filter(({ label }) => label.startsWith('trend')).map(({ mark }) => mark)).toEqual([
      'line',
      'dashed',
    ]);
  });

  it('is not spoken of where there is none', () => {
    expect(activationByDepthChart(planted, depthTrends(planted)).summary).not.toContain('trend');
  });

  it('shows the layer means with their bootstrap intervals', () => {
    const means = seriesOf(activationByDepthChart(planted)).at(-1) as CustomSeriesOption;
    const [first, second] = means.data as readonly (readonly number[])[];
    [1, 0.37625, 0.32625, 0.42625].forEach((value, index) => expect(first![index]).toBeCloseTo(value, 12));
    expect(second![1]).toBe(0.375);
    const { table } = activationByDepthChart(planted);
    expect(table.rows[0]).toContain('0.326 – 0.426');
    const without = planted.layers.map((layer) => ({ ...layer, meanLower: null, meanUpper: null }));
    const bare = activationByDepthChart({ ...planted, layers: without });
    expect(bare.table.columns.length).toBe(table.columns.length - 1);
    expect(bare.legend.map(({ label }) => label)).toContain('mean');
  });
});

describe('sorted curves', () => {
  const chart = sortedActivationChart(sortedActivation(planted), 'N = 100 images');

  it('are one a layer, dashed where a skip enters', () => {
    const lines = seriesOf(chart) as readonly LineSeriesOption[];
    expect(lines.map(({ data }) => data)).toEqual([
      [[0.125, 1], [0.375, 0.5], [0.625, 0.005], [0.875, 0]], // prettier-ignore
      [[0.25, 0.75], [0.75, 0]], // prettier-ignore
    ]);
    expect(lines.map(({ lineStyle }) => lineStyle!.type)).toEqual(['solid', 'dashed']);
  });

  it('are told and tabulated', () => {
    expect(chart.summary).toContain('first/relu from 1.000 down to 0.000; second/relu from 0.750 down to 0.000');
    expect(chart.table.rows[2]).toEqual(['first/relu', '4', '0.6250', '0.005']);
    expect(chart.summary).not.toContain('mean of neighbours');
    expect(sortedActivationChart(sortedActivation(planted, 1), '').summary).toContain('mean of neighbours');
  });
});

describe('utility by depth', () => {
  const data: UnitUtility = {
    step: 1,
    epoch: 1,
    images: 10,
    layers: [
      {
        site: site('relu', 1, 3, 'dense', false),
        utility: [0, 2, 50],
        mean: 17.33,
        lowerQuartile: 1,
        median: 2,
        upperQuartile: 26,
        useless: 1,
      },
    ],
  };

  it('is on a logarithmic axis over whole decades, without the useless, which it counts', () => {
    const chart = utilityChart(data)!;
    const { option } = chart.draw(500);
    expect(option.yAxis).toMatchObject({ type: 'log', min: 1, max: 100 });
    const [dots] = option.series as readonly ScatterSeriesOption[];
    expect((dots!.data as readonly number[][]).map(([, value]) => value)).toEqual([2, 50]);
    expect(chart.summary).toContain('1 unit with utility 0 is in the table only');
    expect(chart.table.rows).toEqual([['1', 'relu', '3', '1', '17.33', '1', '2', '26']]);
  });

  it('is not drawn where no unit has any', () => {
    expect(utilityChart({ ...data, layers: [{ ...data.layers[0]!, utility: [0, 0] }] })).toBeUndefined();
  });
});
