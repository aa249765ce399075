import { formatCount, formatEpoch, formatNumber, formatProbability, formatTick, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { SurvivalCurve, UnitSurvival } from '../queries/unit-survival.js';
import type { Chart } from './chart.js';
import { confidenceBand } from './confidence-band.js';
import { COLOUR, depthColour, frame, lineSeries, xAxisStyle, yAxisStyle } from './theme.js';

/** Times at which the numbers at risk stand below the axis, at most. */
const MOST_TIMES = { wide: 7, narrow: 4 };

/** Where the vertical axis may begin: a fifth of the rest makes whole ticks. */
const FLOORS = [0, 0.5, 0.8, 0.9, 0.95, 0.99];

/** Layers that the caption names. */
const TOLD = 4;

/**
 * Kaplan and Meier's curves of the time to a unit's first death, of all units with their band and of each layer, with the numbers at risk
 * below the axis. Undefined where no unit died, which a sentence says better.
 */
export function survivalChart({ all, layers, confidence, images }: UnitSurvival): Chart | undefined {
  if (all.everDied === 0) return undefined;
  const percent = `${formatNumber(100 * confidence)}\u00a0%`;
  const last = all.points.at(-1)!;
  const deadly = layers.filter(({ everDied }) => everDied > 0).sort((a, b) => b.everDied - a.everDied);
  const lowest = Math.min(
    ...[all, ...layers].flatMap(({ points }) => points.map(({ survival }) => survival)),
    last.lower,
  );
  const floor = FLOORS.findLast((value) => value < lowest) ?? 0;
  return {
    title: 'Survival to the first death',
    summary:
      `Of ${plural(all.followed, 'unit')} that fired at the first look, ${formatCount(all.everDied)} were silent at one of the later ` +
      `looks on ${plural(images, 'image')} (probe split, evaluation mode). At epoch ${formatEpoch(last.time)} a share of ` +
      `${formatProbability(last.survival)} had not died (${percent} interval ${formatProbability(last.lower)} to ` +
      `${formatProbability(last.upper)}, Greenwood’s variance, units as independent). ` +
      `${deadly.length > TOLD ? 'Most deaths' : 'Deaths'}: ${deadly.slice(0, TOLD).map(deathsOf).join(', ')}. ` +
      `A death is dated at the look that saw it; a revival does not raise the curve.` +
      (floor > 0 ? ` The vertical axis begins at ${formatNumber(floor)}.` : ''),
    legend: [
      { label: 'all units', colour: COLOUR.vermillion, mark: 'line' },
      { label: `${percent} interval of all units`, colour: COLOUR.vermillion, mark: 'area' },
      ...(layers.length > 1
        ? [{ label: 'layers, nearest the input to nearest the output', colour: 'ramp', mark: 'shades' as const }]
        : []),
    ],
    table: {
      most: 100,
      columns: [
        { label: 'site', as: 'text' },
        { label: 'epochs', as: 'number' },
        { label: 'at risk', as: 'number' },
        { label: 'died', as: 'number' },
        { label: 'surviving share', as: 'number' },
        { label: 'standard error', as: 'number' },
        { label: 'lower', as: 'number' },
        { label: 'upper', as: 'number' },
      ],
      rows: [all, ...layers].flatMap((curve) => {
        const name = curve.site ? label(curve.site.name, 80) : 'all units';
        return fallsOf(curve).map(({ time, atRisk, events, survival, standardError, lower, upper }) => [
          name,
          formatEpoch(time),
          formatCount(atRisk),
          formatCount(events),
          ...[survival, standardError, lower, upper].map(formatProbability),
        ]);
      }),
    },
    draw: (width) => {
      const shown = spread(all.points, width > 500 ? MOST_TIMES.wide : MOST_TIMES.narrow);
      const atRisk = new Map(shown.map((point) => [point.time, formatCount(point.atRisk)]));
      return {
        width,
        height: 320,
        option: {
          ...frame({ right: 40, bottom: 64 }),
          xAxis: {
            type: 'value',
            min: all.points[0]!.time,
            max: last.time,
            ...xAxisStyle('epochs completed, and units at risk'),
            nameGap: 44,
            axisTick: { customValues: shown.map(({ time }) => time), lineStyle: { color: COLOUR.muted } },
            axisLabel: {
              customValues: shown.map(({ time }) => time),
              color: COLOUR.muted,
              fontSize: 12,
              lineHeight: 16,
              formatter: (time: number) => `${formatEpoch(time)}\n${atRisk.get(time) ?? ''}`,
            },
          },
          yAxis: {
            type: 'value',
            min: floor,
            max: 1,
            interval: (1 - floor) / 5,
            ...yAxisStyle('surviving share'),
            axisLabel: { color: COLOUR.muted, fontSize: 12, formatter: formatTick },
          },
          series: [
            confidenceBand(stairs(all, ({ survival, lower, upper }) => ({ mean: survival, lower, upper })), COLOUR.vermillion, floor, 1), // prettier-ignore
            ...layers.map((curve, index) =>
              lineSeries(stepPoints(curve), depthColour(index, layers.length), {
                type: curve.site!.skip ? 'dashed' : 'solid',
                width: layers.length > 24 ? 0.9 : 1.3,
              }),
            ),
            lineSeries(stepPoints(all), COLOUR.vermillion, { width: 2.5 }),
          ],
        },
      };
    },
  };
}

function deathsOf({ site, everDied, followed }: SurvivalCurve): string {
  return `${label(site!.name, 40)} ${formatCount(everDied)} of ${formatCount(followed)}`;
}

type Point = SurvivalCurve['points'][number];

/** The points at which a curve falls, and its ends: between them it is level. */
function fallsOf({ points }: SurvivalCurve): readonly Point[] {
  return points.filter(({ events }, index) => events > 0 || index === 0 || index === points.length - 1);
}

/** The corners of a curve that falls at its points and is level between them. */
function stairs<T extends object>(
  { points }: SurvivalCurve,
  of: (point: Point) => T,
): readonly (T & { readonly x: number })[] {
  return points.flatMap((point, index) => [
    ...(index > 0 ? [{ x: point.time, ...of(points[index - 1]!) }] : []),
    { x: point.time, ...of(point) },
  ]);
}

function stepPoints(curve: SurvivalCurve): readonly (readonly [number, number])[] {
  return stairs(curve, ({ survival }) => ({ y: survival })).map(({ x, y }) => [x, y]);
}

/** The first and last, and some between them. */
function spread(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  return Array.from({ length: most }, (_, index) => points[Math.round((index * (points.length - 1)) / (most - 1))]!);
}
