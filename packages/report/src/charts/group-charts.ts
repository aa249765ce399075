import type { CustomSeriesOption, LineSeriesOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { formatCount, formatEpoch, formatPercent, formatProbability, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { GroupByDepth, GroupDeadShare, GroupPoint } from '../queries/group-curves.js';
import type { Chart, LegendEntry } from './chart.js';
import { confidenceBand } from './confidence-band.js';
import { relativeDepth, relativeDepthAxis } from './relative-depth-axis.js';
import { COLOUR, DASH_MARKS, DASHES, epochAxis, frame, GROUP_COLOURS, lineSeries, yAxisStyle } from './theme.js';

/** Means and ranges of the layer means of Pr[y>0] by group of runs, over relative depth. Needs one group at least. */
export function groupsByDepthChart(groups: readonly GroupByDepth[]): Chart {
  const overall = ({ layers }: GroupByDepth) => layers.reduce((sum, { mean }) => sum + mean, 0) / layers.length;
  return {
    title: 'Layer means of Pr[y>0] by configuration',
    summary:
      `${groups.map((group) => `${named(group)}: mean over layers ${formatProbability(overall(group))}`).join('; ')} ` +
      `(${plural(groups[0]!.images, 'image')}, probe split, evaluation mode). ${rangeSentence(groups)}`,
    legend: legendOf(groups),
    table: {
      columns: [
        { label: 'configuration', as: 'text' },
        { label: 'depth', as: 'number' },
        { label: 'site', as: 'text' },
        ...POINT_COLUMNS,
      ],
      rows: groups.flatMap((group) =>
        group.layers.map(({ site, ...point }) => [
          label(group.label, 80),
          formatCount(site.depth),
          label(site.name, 60),
          ...pointCells(point, formatProbability),
        ]),
      ),
    },
    draw: (width) => ({
      width,
      height: 340,
      option: {
        ...frame({ right: 30 }),
        xAxis: relativeDepthAxis() as XAXisComponentOption,
        yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('mean Pr[y>0]') },
        series: curves(groups.map(({ layers }) => layers.map((point, index) => ({ x: relativeDepth(index, layers.length), ...point })))), // prettier-ignore
      },
    }),
  };
}

/** Means and ranges of the share of units that never fired, by group of runs, over training. Needs one group at least. */
export function groupDeadSharesChart(groups: readonly GroupDeadShare[]): Chart {
  const epochs = groups.flatMap(({ points }) => points.map(({ epoch }) => epoch));
  const most = Math.max(...groups.flatMap(({ points }) => points.map(({ greatest }) => greatest)));
  const last = (group: GroupDeadShare) => {
    const { mean, epoch } = group.points.at(-1)!;
    return `${named(group)}: ${formatPercent(mean)} at epoch ${formatEpoch(epoch)}`;
  };
  return {
    title: 'Units that never fired, by configuration',
    summary:
      `${groups.map(last).join('; ')} (${plural(groups[0]!.images, 'image')}, probe split, evaluation mode). ` +
      rangeSentence(groups),
    legend: legendOf(groups),
    table: {
      columns: [{ label: 'configuration', as: 'text' }, { label: 'epochs', as: 'number' }, ...POINT_COLUMNS],
      rows: groups.flatMap((group) =>
        group.points.map(({ epoch, ...point }) => [
          label(group.label, 80),
          formatEpoch(epoch),
          ...pointCells(point, formatPercent),
        ]),
      ),
    },
    draw: (width) => ({
      width,
      height: 300,
      option: {
        ...frame({ right: 30 }),
        xAxis: epochAxis(Math.min(...epochs), Math.max(...epochs)),
        yAxis: shareAxis(most),
        series: curves(groups.map(({ points }) => points.map((point) => ({ x: point.epoch, ...point })))), // prettier-ignore
      },
    }),
  };
}

function shareAxis(most: number): YAXisComponentOption {
  return {
    type: 'value',
    min: 0,
    max: most > 0 ? ({ max }: { readonly max: number }) => Math.min(1, Math.max(max, most)) : 0.01,
    ...yAxisStyle('units that never fired'),
    axisLabel: {
      color: COLOUR.muted,
      fontSize: 12,
      showMaxLabel: false,
      formatter: (value: number) => `${Number((100 * value).toFixed(2))} %`,
    },
  };
}

const POINT_COLUMNS = [
  { label: 'runs', as: 'number' },
  { label: 'mean', as: 'number' },
  { label: 'least', as: 'number' },
  { label: 'greatest', as: 'number' },
] as const;

function pointCells({ runs, mean, least, greatest }: GroupPoint, format: (value: number) => string): readonly string[] {
  return [formatCount(runs), ...[mean, least, greatest].map(format)];
}

type Group = GroupByDepth | GroupDeadShare;

function named({ label: name, runs }: Group): string {
  return `${label(name, 80)} (${plural(runs, 'run')})`;
}

function rangeSentence(groups: readonly Group[]): string {
  const repeated = groups.filter(({ runs }) => runs > 1);
  if (repeated.length === 0) return 'One run each: how far seeds differ is not known.';
  const most = Math.max(...repeated.map(({ runs }) => runs));
  return (
    'Areas reach from the least run to the greatest of a configuration, which is no confidence interval' +
    (most < 5 ? `: of ${most} runs at most it is likely to be too narrow.` : '.')
  );
}

function legendOf(groups: readonly Group[]): readonly LegendEntry[] {
  return groups.map((group, index) => ({
    label: named(group),
    colour: GROUP_COLOURS[index % GROUP_COLOURS.length]!,
    mark: DASH_MARKS[index % DASH_MARKS.length]!,
  }));
}

function curves(
  groups: readonly (readonly (GroupPoint & { readonly x: number })[])[],
): (CustomSeriesOption | LineSeriesOption)[] {
  return groups.flatMap((points, index) => {
    const colour = GROUP_COLOURS[index % GROUP_COLOURS.length]!;
    const band = points.map(({ x, mean, least, greatest }) => ({ x, mean, lower: least, upper: greatest }));
    const type = DASHES[index % DASHES.length]!;
    const symbol = points.length <= 30 ? { shape: 'circle', size: 4 } : undefined;
    return [
      ...(points.some(({ runs }) => runs > 1) ? [confidenceBand(band, colour, -Infinity, groups.length)] : []),
      lineSeries(points.map(({ x, mean }) => [x, mean] as const), colour, { type }, symbol), // prettier-ignore
    ];
  });
}
