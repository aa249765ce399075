import type { BarSeriesOption } from 'echarts';
import { formatCount, plural } from '../html/format.js';
import type { LifeCycle } from '../queries/life-cycle.js';
import type { Chart } from './chart.js';
import { COLOUR, frame, xAxisStyle, yAxisStyle } from './theme.js';

const MOST_BARS = 60;

/** Deaths upwards, revivals downwards, by epoch; undefined where no unit died or revived. */
export function lifeCycleChart(lifeCycle: LifeCycle): Chart | undefined {
  const events = lifeCycle.timeline.filter(({ died, revived }) => died + revived > 0);
  if (events.length === 0) return undefined;
  const lastEpoch = Math.ceil(Math.max(1, ...events.map(({ epoch }) => epoch)));
  const epochsPerBar = Math.ceil(lastEpoch / MOST_BARS);
  const bars = Array.from({ length: Math.ceil(lastEpoch / epochsPerBar) }, (_, index) => {
    const to = Math.min(lastEpoch, (index + 1) * epochsPerBar);
    // What is seen at the very start, before any training, is counted to the first epoch.
    const within = events.filter(
      ({ epoch }) => epoch <= to && (epoch > index * epochsPerBar || (index === 0 && epoch <= 0)),
    );
    return {
      label: epochsPerBar === 1 ? String(to) : `${index * epochsPerBar + 1}–${to}`,
      died: within.reduce((sum, { died }) => sum + died, 0),
      revived: within.reduce((sum, { revived }) => sum + revived, 0),
    };
  });
  const style = { type: 'bar', stack: 'events', barMaxWidth: 26, silent: true, emphasis: { disabled: true } } as const;
  return {
    title: 'Deaths and revivals',
    summary: `${plural(lifeCycle.died, 'death')} and ${plural(lifeCycle.revived, 'revival')} were seen during training.`,
    legend: [
      { label: 'died', colour: COLOUR.vermillion, mark: 'band' },
      { label: 'revived (downwards)', colour: COLOUR.green, mark: 'band' },
    ],
    table: {
      columns: [
        { label: epochsPerBar === 1 ? 'epoch' : 'epochs', as: 'number' },
        { label: 'died', as: 'number' },
        { label: 'revived', as: 'number' },
      ],
      rows: bars.map((bar) => [bar.label, formatCount(bar.died), formatCount(bar.revived)]),
    },
    draw: (width) => ({
      width,
      height: 240,
      option: {
        ...frame(),
        xAxis: { type: 'category', data: bars.map((bar) => bar.label), ...xAxisStyle('epoch') },
        yAxis: {
          type: 'value',
          minInterval: 1,
          ...yAxisStyle('units'),
          axisLabel: { color: COLOUR.muted, fontSize: 12, formatter: (value: number) => formatCount(Math.abs(value)) },
        },
        series: [
          { ...style, color: COLOUR.vermillion, data: bars.map((bar) => bar.died) } satisfies BarSeriesOption,
          { ...style, color: COLOUR.green, data: bars.map((bar) => -bar.revived) } satisfies BarSeriesOption,
        ],
      },
    }),
  };
}
