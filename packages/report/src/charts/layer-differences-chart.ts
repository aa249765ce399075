import { ABSENT, formatCount, formatNumber, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { LayerDifferences } from '../queries/layer-differences.js';
import type { Chart } from './chart.js';
import { errorBars } from './error-bars.js';
import { siteAxis } from './site-axis.js';
import { COLOUR, frame, GROUP_COLOURS, lineSeries, yAxisStyle } from './theme.js';

const SHAPES = [
  { shape: 'circle', mark: 'ring' },
  { shape: 'diamond', mark: 'open-diamond' },
  { shape: 'square', mark: 'open-square' },
] as const;

/** Differences of the layer means of Pr[y>0] from those of one baseline, by depth. All have the baseline in common; one at least. */
export function layerDifferencesChart(all: readonly LayerDifferences[]): Chart {
  const sites = [...new Map(all.flatMap(({ layers }) => layers.map(({ site }) => [site.name, site]))).values()].sort(
    (a, b) => a.depth - b.depth,
  );
  const styleOf = (index: number) => ({
    colour: GROUP_COLOURS[index % GROUP_COLOURS.length]!,
    ...SHAPES[index % SHAPES.length]!,
  });
  const baseline = label(all[0]!.baseline, 80);
  const ends = all.flatMap(({ layers }) =>
    layers.flatMap(({ difference, lower, upper }) => [difference, lower ?? difference, upper ?? difference]),
  );
  // Of two runs of each the interval may reach beyond what differences of probabilities can be.
  const reach = Math.min(1, 1.1 * Math.max(0.01, ...ends.map(Math.abs)));
  return {
    title: `Pr[y>0] by layer, difference from ${baseline}`,
    summary: `${all.map(told).join('; ')}. ${intervalSentence(all)}`,
    legend: all.map(({ label: name, runs }, index) => ({
      label: `${label(name, 80)} (${plural(runs, 'run')})`,
      colour: styleOf(index).colour,
      mark: styleOf(index).mark,
    })),
    table: {
      columns: [
        { label: 'configuration', as: 'text' },
        { label: 'depth', as: 'number' },
        { label: 'site', as: 'text' },
        { label: 'difference', as: 'number' },
        { label: 'lower', as: 'number' },
        { label: 'upper', as: 'number' },
      ],
      rows: all.flatMap(({ label: name, layers }) =>
        layers.map(({ site, difference, lower, upper }) => [
          label(name, 80),
          formatCount(site.depth),
          label(site.name, 60),
          ...[difference, lower, upper].map(signed),
        ]),
      ),
    },
    draw: (width) => {
      const { room, below, option } = siteAxis(sites, width);
      const radius = Math.min(4, Math.max(1.5, 0.2 * room));
      const slot = Math.min(0.8 / all.length, 24 / room);
      return {
        width,
        height: 320 + below,
        option: {
          ...frame({ bottom: 46 + below }),
          xAxis: option,
          yAxis: { type: 'value', min: -reach, max: reach, ...yAxisStyle('difference of means'), axisLabel: { color: COLOUR.muted, fontSize: 12, showMinLabel: false, showMaxLabel: false } }, // prettier-ignore
          series: [
            lineSeries([[0.5, 0], [sites.length + 0.5, 0]], COLOUR.muted, { type: 'dashed', width: 1 }), // prettier-ignore
            ...all.map(({ layers }, index) => {
              const aside = (index - (all.length - 1) / 2) * slot;
              const bars = layers.map(({ site, difference, lower, upper }) => {
                const x = sites.findIndex(({ name }) => name === site.name) + 1 + aside;
                return { x, value: difference, lower: clip(lower, reach), upper: clip(upper, reach) };
              });
              return errorBars(bars, styleOf(index).colour, { radius, shape: styleOf(index).shape });
            }),
          ],
        },
      };
    },
  };
}

function clip(value: number | null, reach: number): number | null {
  return value === null ? null : Math.max(-reach, Math.min(reach, value));
}

function told({ label: name, layers }: LayerDifferences): string {
  const mean = layers.reduce((sum, { difference }) => sum + difference, 0) / layers.length;
  const judged = layers.filter(({ lower }) => lower !== null);
  const apart = judged.filter(({ lower, upper }) => lower! > 0 || upper! < 0);
  return (
    `${label(name, 80)}: ${signed(mean)} on average over ${plural(layers.length, 'layer')}` +
    (judged.length > 0 ? `, interval without 0 at ${formatCount(apart.length)} of ${formatCount(judged.length)}` : '')
  );
}

function intervalSentence(all: readonly LayerDifferences[]): string {
  const sentences = [...new Set(all.map(({ over }) => over))].map((over) => {
    const { confidence } = all.find((one) => one.over === over)!;
    const percent = `${formatNumber(100 * confidence)}\u00a0%`;
    if (over === 'images') {
      const barless = all.some((one) => one.over === over && one.layers.some(({ lower }) => lower === null));
      return (
        `Bars are ${percent} intervals over images (bootstrap, both taken as independent): they say nothing of other seeds.` +
        (barless
          ? ' There is none where a configuration has several runs and the other only one, or no interval was measured.'
          : '')
      );
    }
    const fewest = Math.min(...all.flatMap((one) => (one.over === 'runs' ? [one.runs, one.baselineRuns] : [])));
    return (
      `Bars are Welch’s ${percent} intervals over runs (seeds as independent draws), each by itself: one in ` +
      `${formatNumber(Math.round(1 / (1 - confidence)))} misses by chance` +
      (fewest < 4 ? `. With ${plural(fewest, 'run')} they are wide, and lean on the runs being normal.` : '.')
    );
  });
  return sentences.join(' ');
}

function signed(value: number | null): string {
  if (value === null) return ABSENT;
  return `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;
}
