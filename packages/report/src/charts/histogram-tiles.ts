import { formatCount, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { ActivationHistogram } from '../queries/activation-histograms.js';
import type { EChartsDrawing, SmallMultiples } from './chart.js';
import { COLOUR } from './theme.js';

/** The distribution of Pr[y>0] in every layer. `of` says on what was measured. */
export function histogramTiles(histograms: readonly ActivationHistogram[], of: string): SmallMultiples {
  const bins = histograms[0]!.counts.length;
  const edge = (index: number) => (index / bins).toFixed(2);
  const peak = (histogram: ActivationHistogram) => histogram.counts.indexOf(Math.max(...histogram.counts));
  const units = histograms.reduce((sum, histogram) => sum + histogram.units, 0);
  const neverFired = histograms.reduce((sum, histogram) => sum + histogram.neverFired, 0);
  return {
    title: 'Distribution of Pr[y>0] in each layer',
    summary:
      `Units by Pr[y>0] in ${bins} bins (${of}). ` +
      `${formatCount(neverFired)} of ${plural(units, 'unit')} have Pr[y>0] = 0.`,
    legend: [
      { label: 'units that fired', colour: COLOUR.blue, mark: 'band' },
      { label: 'units with Pr[y>0] = 0', colour: COLOUR.vermillion, mark: 'band' },
    ],
    table: {
      columns: [
        { label: 'site', as: 'text' },
        { label: 'exactly 0', as: 'number' },
        ...Array.from({ length: bins }, (_, index) => ({ label: `from ${edge(index)}`, as: 'number' as const })),
      ],
      rows: histograms.map((histogram) => [
        label(histogram.site.name, 80),
        formatCount(histogram.neverFired),
        ...histogram.counts.map(formatCount),
      ]),
    },
    tiles: histograms.map((histogram) => ({
      label: label(histogram.site.name, 60),
      note: plural(histogram.units, 'unit'),
      summary:
        `${label(histogram.site.name, 60)}: most units between ${edge(peak(histogram))} and ${edge(peak(histogram) + 1)}; ` +
        `${formatCount(histogram.neverFired)} at 0.`,
      drawing: drawHistogram(histogram),
    })),
  };
}

function drawHistogram({ counts, neverFired }: ActivationHistogram): EChartsDrawing {
  const bins = counts.length;
  const most = Math.max(...counts);
  const text = { color: COLOUR.muted, fontSize: 11 };
  const line = { lineStyle: { color: COLOUR.muted } };
  const bars = {
    type: 'bar',
    stack: 'units',
    barCategoryGap: '8%',
    silent: true,
    emphasis: { disabled: true },
  } as const;
  return {
    width: 220,
    height: 116,
    option: {
      animation: false,
      grid: { left: 36, right: 8, top: 8, bottom: 22, outerBoundsMode: 'none' },
      xAxis: [
        { type: 'category', show: false, data: counts.map((_, index) => index) },
        {
          type: 'value',
          min: 0,
          max: 1,
          position: 'bottom',
          axisLabel: { ...text, customValues: [0, 0.5, 1], formatter: (value: number) => String(value) },
          axisTick: { customValues: [0, 0.5, 1], ...line },
          axisLine: { show: true, ...line },
          splitLine: { show: false },
        },
      ],
      yAxis: {
        type: 'value',
        min: 0,
        max: most,
        axisLabel: { ...text, customValues: [0, most] },
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
      },
      series: [
        { ...bars, color: COLOUR.vermillion, data: counts.map((_, bin) => (bin === 0 ? neverFired : 0)) },
        {
          ...bars,
          color: COLOUR.blue,
          data: Array.from({ length: bins }, (_, bin) => counts[bin]! - (bin === 0 ? neverFired : 0)),
        },
      ],
    },
  };
}
