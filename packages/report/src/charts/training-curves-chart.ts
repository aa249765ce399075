import { formatEpoch, formatNumber, formatPercent } from '../html/format.js';
import type { EpochRow, TrainingCurves } from '../queries/training-curves.js';
import type { Chart } from './chart.js';
import { COLOUR, epochAxis, frame, lineSeries, spansDecades, yAxisStyle } from './theme.js';

type Point = readonly [number, number];

/** Loss by epoch; undefined where no finite loss was recorded. */
export function lossChart(curves: TrainingCurves): Chart | undefined {
  const train = points(curves.rows, 'trainLoss');
  const test = points(curves.rows, 'testLoss');
  const steps = curves.steps.map(({ epoch, loss }): Point => [epoch, loss]);
  const all = [...train, ...test, ...steps].map(([, loss]) => loss);
  if (all.length === 0) return undefined;
  const logarithmic = spansDecades(all, 3);
  const last = (name: string, [epoch, loss]: Point) => `${name} ${formatNumber(loss)} at epoch ${formatEpoch(epoch)}`;
  const told = [
    ...(train.length > 0 ? [last('training loss', train.at(-1)!)] : []),
    ...(test.length > 0 ? [last('test loss', test.at(-1)!)] : []),
  ];
  const diverged =
    curves.divergedAt === undefined
      ? ''
      : ` From step ${curves.divergedAt} on the loss is not a finite number and is not drawn.`;
  return {
    title: 'Loss',
    summary: `${sentence(told, `training loss ${formatNumber(steps.at(-1)?.[1])} at the last recorded steps`)}${diverged}`,
    legend: [
      ...(train.length > 0
        ? [{ label: 'training, mean of the epoch', colour: COLOUR.muted, mark: 'dashed' as const }]
        : []),
      ...(test.length > 0 ? [{ label: 'test', colour: COLOUR.blue, mark: 'line' as const }] : []),
      ...(steps.length > 0
        ? [{ label: stepsLabel(curves.stepsPerPoint), colour: COLOUR.sky, mark: 'line' as const }]
        : []),
    ],
    table: {
      columns: [
        { label: 'epochs', as: 'number' },
        { label: 'training loss', as: 'number' },
        { label: 'test loss', as: 'number' },
        { label: stepsLabel(curves.stepsPerPoint), as: 'number' },
      ],
      rows: [
        ...curves.rows.map((row) => [formatEpoch(row.epoch), ...[row.trainLoss, row.testLoss, null].map(formatNumber)]),
        ...curves.steps.map(({ epoch, loss }) => [formatEpoch(epoch), ...[null, null, loss].map(formatNumber)]),
      ],
    },
    draw: (width) => ({
      width,
      height: 280,
      option: {
        ...frame(),
        xAxis: trainingAxis([...train, ...test, ...steps]),
        yAxis: logarithmic
          ? { type: 'log', ...yAxisStyle('loss (log scale)') }
          : { type: 'value', min: 0, ...yAxisStyle('loss') },
        series: [
          lineSeries(steps, COLOUR.sky, { width: 1, opacity: 0.8 }, steps.length === 1 ? symbolFor(steps) : undefined),
          lineSeries(train, COLOUR.muted, { type: 'dashed' }, symbolFor(train)),
          lineSeries(test, COLOUR.blue, {}, symbolFor(test)),
        ],
      },
    }),
  };
}

/** Accuracy by epoch; undefined where none was recorded. */
export function accuracyChart(curves: TrainingCurves): Chart | undefined {
  const train = points(curves.rows, 'trainAccuracy');
  const test = points(curves.rows, 'testAccuracy');
  if (train.length + test.length === 0) return undefined;
  const last = (name: string, line: readonly Point[]) =>
    line.length === 0 ? [] : [`${name} ${formatPercent(line.at(-1)![1])} at epoch ${formatEpoch(line.at(-1)![0])}`];
  return {
    title: 'Accuracy',
    summary: sentence([...last('training accuracy', train), ...last('test accuracy', test)], ''),
    legend: [
      ...(train.length > 0
        ? [{ label: 'training, mean of the epoch', colour: COLOUR.muted, mark: 'dashed' as const }]
        : []),
      ...(test.length > 0 ? [{ label: 'test', colour: COLOUR.blue, mark: 'line' as const }] : []),
    ],
    table: {
      columns: [
        { label: 'epochs', as: 'number' },
        { label: 'training accuracy', as: 'number' },
        { label: 'test accuracy', as: 'number' },
      ],
      rows: curves.rows.map((row) => [
        formatEpoch(row.epoch),
        formatPercent(row.trainAccuracy),
        formatPercent(row.testAccuracy),
      ]),
    },
    draw: (width) => ({
      width,
      height: 280,
      option: {
        ...frame(),
        xAxis: trainingAxis([...train, ...test]),
        yAxis: {
          type: 'value',
          min: 0,
          max: 1,
          ...yAxisStyle('accuracy'),
          axisLabel: {
            color: COLOUR.muted,
            fontSize: 12,
            formatter: (value: number) => `${Math.round(100 * value)} %`,
          },
        },
        series: [
          lineSeries(train, COLOUR.muted, { type: 'dashed' }, symbolFor(train)),
          lineSeries(test, COLOUR.blue, {}, symbolFor(test)),
        ],
      },
    }),
  };
}

function points(rows: readonly EpochRow[], name: keyof EpochRow): readonly Point[] {
  return rows.flatMap((row) => {
    const value = row[name];
    return value !== undefined && Number.isFinite(value) ? [[row.epoch, value] as const] : [];
  });
}

/** From the start of training to its end. */
function trainingAxis(drawn: readonly Point[]) {
  const last = Math.max(...drawn.map(([epoch]) => epoch));
  return epochAxis(0, last > 0 ? last : 1);
}

/** Few points are marked, many are a line. */
function symbolFor(line: readonly Point[]) {
  return line.length <= 30 ? { shape: 'circle', size: 5 } : undefined;
}

function stepsLabel(stepsPerPoint: number): string {
  return stepsPerPoint === 1 ? 'training, every step' : `training, means of ${stepsPerPoint} steps`;
}

function sentence(parts: readonly string[], otherwise: string): string {
  const text = parts.length > 0 ? parts.join('; ') : otherwise;
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
