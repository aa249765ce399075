import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import { formatNumber, plural } from '../html/format.js';
import type { LayerActivation } from '../queries/activation-by-depth.js';
import type { DepthTrend } from '../queries/depth-trend.js';
import type { LegendEntry } from './chart.js';
import { confidenceBand } from './confidence-band.js';
import { COLOUR, lineSeries } from './theme.js';

const STYLES = {
  all: { colour: COLOUR.vermillion, type: 'solid', mark: 'line' },
  'no skip': { colour: COLOUR.vermillion, type: 'solid', mark: 'line' },
  skip: { colour: COLOUR.purple, type: 'dashed', mark: 'dashed' },
} as const;

const NAMES = { all: 'layer means', 'no skip': 'means without a skip', skip: 'means where a skip enters' } as const;

export function trendLegend(trends: readonly DepthTrend[]): readonly LegendEntry[] {
  return trends.map(({ of, confidence }) => ({
    label: `trend of the ${NAMES[of]}, with the slope’s ${formatNumber(100 * confidence)}\u00a0% interval`,
    colour: STYLES[of].colour,
    mark: STYLES[of].mark,
  }));
}

/** The lines, each with the fan of its interval's slopes. Depth is measured in sites, and places are counted from 1. */
export function trendSeries(
  trends: readonly DepthTrend[],
  layers: readonly LayerActivation[],
): readonly (CustomSeriesOption | LineSeriesOption)[] {
  const depths = layers.map(({ site }) => site.depth);
  return trends.flatMap(({ of, points }) => {
    const { colour, type } = STYLES[of];
    const placed = points.map(({ depth, ...point }) => ({ x: placeOf(depth, depths), ...point }));
    return [
      confidenceBand(placed, colour, -Infinity, trends.length),
      lineSeries(placed.map(({ x, mean }) => [x, mean] as const), colour, { type, width: 2 }), // prettier-ignore
    ];
  });
}

/** Where a depth lies among the sites that are shown, between two of them where it is no site's. */
function placeOf(depth: number, depths: readonly number[]): number {
  const after = depths.findIndex((site) => site >= depth);
  if (after <= 0) return after + 1 || depths.length;
  const [before, next] = [depths[after - 1]!, depths[after]!];
  return after + (depth - before) / (next - before);
}

export function trendSentences(trends: readonly DepthTrend[]): string {
  if (trends.length === 0) return '';
  const told = trends.map(({ of, sites, slope, lower, upper, confidence }) => {
    const significant = lower > 0 ? 'rises' : upper < 0 ? 'falls' : 'neither rises nor falls beyond doubt';
    return (
      `the trend of the ${NAMES[of]} ${significant} with depth: ${signed(slope)} a site ` +
      `(${formatNumber(100 * confidence)}\u00a0% interval ${signed(lower)} to ${signed(upper)}; ${plural(sites, 'site')})`
    );
  });
  const text = told.join('; ');
  return (
    ` ${text[0]!.toUpperCase()}${text.slice(1)}. Theil–Sen lines; the intervals take the layers’ deviations from ` +
    `the line as independent and alike.`
  );
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;
}
