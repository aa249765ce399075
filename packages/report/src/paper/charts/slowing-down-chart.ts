import type { Chart } from '../../charts/chart.js';
import { errorBars } from '../../charts/error-bars.js';
import { COLOUR, frame, lineSeries, xAxisStyle, yAxisStyle } from '../../charts/theme.js';
import { ABSENT, formatCount, formatNumber, formatTick } from '../../html/format.js';
import type { SlowingDown } from '../findings.js';
import { signed } from '../told.js';

/** Time constants against Pr[y>0] at the optimum, both logarithmic. One row at least. */
export function slowingDownChart({ rows: unordered, theory, simulated }: SlowingDown): Chart {
  const rows = [...unordered].sort((a, b) => a.probability - b.probability);
  const measured = rows.filter((row) => row.simulated !== null);
  const power = simulated ? `; the simulated ones as p to the power of ${signed(simulated.value)}` : '';
  return {
    title: 'Time constant of a single unit against Pr[y>0] at its optimum',
    summary:
      `From ${formatCount(Math.round(rows.at(-1)!.theory))} updates at p = ${formatNumber(rows.at(-1)!.probability)} to ` +
      `${formatCount(Math.round(rows[0]!.theory))} at p = ${formatNumber(rows[0]!.probability)} by the theory. Its values go about as p to the power of ` +
      `${signed(theory)}${power}.`,
    legend: [
      { label: 'theory, slowest direction', colour: COLOUR.blue, mark: 'line' },
      ...(measured.length > 0
        ? [{ label: 'simulated, with its interval', colour: COLOUR.vermillion, mark: 'ring' as const }]
        : []),
    ],
    table: {
      columns: [
        { label: 'Pr[y>0]', as: 'number' },
        { label: 'theory', as: 'number' },
        { label: 'simulated', as: 'number' },
        { label: 'lower', as: 'number' },
        { label: 'upper', as: 'number' },
      ],
      rows: rows.map(({ probability, theory: predicted, simulated: found }) => [
        formatNumber(probability),
        formatNumber(predicted),
        ...(found ? [found.value, found.lower, found.upper].map(formatNumber) : [ABSENT, ABSENT, ABSENT]),
      ]),
    },
    draw: (width) => ({
      width,
      height: 320,
      option: {
        ...frame({ left: 84, right: 24 }),
        xAxis: {
          type: 'log',
          ...xAxisStyle('Pr[y>0] at the optimum'),
          min: rows[0]!.probability / 1.2,
          max: rows.at(-1)!.probability * 1.2,
          axisLabel: { color: COLOUR.muted, fontSize: 12, customValues: rows.map(({ probability }) => probability), formatter: formatTick, hideOverlap: true }, // prettier-ignore
          axisTick: { customValues: rows.map(({ probability }) => probability), lineStyle: { color: COLOUR.muted } },
        },
        yAxis: { type: 'log', ...yAxisStyle('updates'), nameGap: 62, axisLabel: { color: COLOUR.muted, fontSize: 12, formatter: formatTick } }, // prettier-ignore
        series: [
          lineSeries(rows.map(({ probability, theory: predicted }) => [probability, predicted] as const), COLOUR.blue), // prettier-ignore
          errorBars(
            measured.map(({ probability, simulated: found }) => ({ x: probability, ...found! })),
            COLOUR.vermillion,
            { radius: 4, shape: 'circle' },
          ),
        ],
      },
    }),
  };
}
