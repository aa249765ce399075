import { quantile, theoryDeviations, type SimulationSeries } from '@reluctant/core';
import { formatNumber, formatTick, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { SimulationCurves } from '../queries/simulation-curves.js';
import type { Chart, LegendEntry } from './chart.js';
import { confidenceBand, type BandPoint } from './confidence-band.js';
import { curveTable } from './simulation-curve-table.js';
import {
  COLOUR,
  DASHES,
  DASH_MARKS,
  frame,
  GROUP_COLOURS,
  lineSeries,
  spansDecades,
  xAxisStyle,
  yAxisStyle,
} from './theme.js';
import { deviationSentence, outsideMarks, theoryLine, theoryPoints, TheoryStyles } from './theory-curves.js';

/**
 * Mean and band of every group over the axis, and over them what theory computes: its curves are dashed by how fine they are,
 * and marked where they leave the band. Undefined where no point can be drawn.
 */
export function simulationChart({ name, axis, curves, theories }: SimulationCurves): Chart | undefined {
  const simulated = curves
    .map((curve) => ({ curve, points: finitePoints(curve) }))
    .filter(({ points }) => points.length > 0);
  const computed = theories.filter((theory) => theoryPoints(theory, false, false).length > 0);
  if (simulated.length + computed.length === 0) return undefined;
  const groups = [...new Set([...curves, ...theories].map(({ group }) => group))];
  const colourOf = (group: string) => GROUP_COLOURS[groups.indexOf(group) % GROUP_COLOURS.length]!;
  const dashOf = (group: string) => groups.indexOf(group) % DASHES.length;
  const styles = new TheoryStyles(computed, groups.length > 1 ? colourOf : undefined);
  const deviations = theoryDeviations(computed, curves);

  const places = [
    ...simulated.flatMap(({ points }) => points.map(({ x }) => x)),
    ...computed.flatMap((theory) => theory.axis.values),
  ];
  const positive = places.filter((x) => x > 0);
  // Places that are spread evenly, such as epochs, are not for a logarithmic axis, however many.
  const logX = spansDecades(positive, 1) && quantile(positive, 0.5) < Math.max(...positive) / 3;
  const shown = simulated.map(({ curve, points }) => ({ curve, points: points.filter(({ x }) => !logX || x > 0) }));
  const means = shown.flatMap(({ points }) => points.map(({ mean }) => mean));
  const heights = [...means, ...computed.flatMap(({ values }) => values.filter(Number.isFinite))];
  const logY = spansDecades(heights, 3);
  const floor = logY ? Math.min(...heights) / 3 : -Infinity;
  // Tick labels such as 150,000 need more room.
  const widest = Math.max(...heights) >= 1e5 ? 18 : 0;
  const lines = computed.map((theory) => ({ theory, points: theoryPoints(theory, logX, logY) }));
  const marks = deviations.map(({ outside, ...which }) => {
    const drawable = outside.filter(({ x, value }) => (!logX || x > 0) && (!logY || value > 0));
    return { points: drawable.map(({ x, value }) => [x, value] as const), colour: styles.of(which).colour };
  });
  const leaves = marks.some(({ points }) => points.length > 0);
  const beyond = logX && places.some((x) => x <= 0) ? 'Points at 0 or less are in the table only.' : '';

  return {
    title: label(name, 80),
    summary: [
      simulated.length > 0 && `${endings(axis, simulated).join('. ')}. In brackets: ${bandsOf(curves)}.`,
      ...deviations.map((deviation) => deviationSentence(deviation, axis)),
      beyond,
    ]
      .filter(Boolean)
      .join(' '),
    legend: [
      ...groups.map((group): LegendEntry => {
        const mark = computed.length > 0 ? 'circle' : DASH_MARKS[dashOf(group)]!;
        return { label: nameOf(group, computed.length > 0), colour: colourOf(group), mark };
      }),
      ...styles.legend(),
      ...(leaves ? [{ label: 'theory outside the band', colour: COLOUR.ink, mark: 'diamond' } as const] : []),
    ],
    table: curveTable({ axis, curves, theories }),
    draw: (width) => ({
      width,
      height: 320,
      option: {
        ...frame({ left: 66 + widest, right: 32 }),
        xAxis: {
          type: logX ? 'log' : 'value',
          min: 'dataMin',
          max: 'dataMax',
          ...xAxisStyle(label(axis, 60)),
          axisLabel: { color: COLOUR.muted, fontSize: 12, hideOverlap: true, formatter: formatTick },
        },
        yAxis: {
          type: logY ? 'log' : 'value',
          scale: true,
          ...yAxisStyle(label(name, 40)),
          nameGap: 46 + widest,
          axisLabel: { color: COLOUR.muted, fontSize: 12, hideOverlap: true, formatter: formatTick },
        },
        series: [
          ...shown.flatMap(({ curve: { group }, points }) => [
            confidenceBand(points, colourOf(group), floor, groups.length),
            meanLine(points, colourOf(group), DASHES[dashOf(group)]!, computed.length > 0),
          ]),
          ...lines.map(({ theory, points }) => theoryLine(points, styles.of(theory))),
          ...marks.filter(({ points }) => points.length > 0).map(({ points, colour }) => outsideMarks(points, colour)),
        ],
      },
    }),
  };
}

/** Beside theory the means are dots, since lines are theory's. */
function meanLine(points: readonly BandPoint[], colour: string, type: (typeof DASHES)[number], besideTheory: boolean) {
  const line = points.map(({ x, mean }) => [x, mean] as const);
  if (besideTheory) return lineSeries(line, colour, { width: 1, opacity: 0.35 }, { shape: 'circle', size: 4.5 });
  return lineSeries(line, colour, { type }, points.length <= 12 ? { shape: 'circle', size: 5 } : undefined);
}

function nameOf(group: string, besideTheory = false): string {
  return label(group, 60) || (besideTheory ? 'simulated mean, with its band' : 'mean');
}

function bandsOf(curves: readonly SimulationSeries[]): string {
  return [...new Set(curves.map(({ band }) => label(band, 80)))].join('; ');
}

/** Where the groups end: those that end alike in one sentence. */
function endings(
  axis: string,
  simulated: readonly { readonly curve: SimulationSeries; readonly points: readonly BandPoint[] }[],
): readonly string[] {
  const endOf = (points: readonly BandPoint[], { trials, trialName = 'trial' }: SimulationSeries) =>
    `At ${label(axis, 40)} = ${formatNumber(points.at(-1)!.x)}, ${plural(trials, label(trialName, 20))} each`;
  return [...new Set(simulated.map(({ points, curve }) => endOf(points, curve)))].map((end) => {
    const values = simulated.flatMap(({ points, curve }) => {
      const { mean, lower, upper } = points.at(-1)!;
      if (endOf(points, curve) !== end) return [];
      return [`${nameOf(curve.group)}: ${formatNumber(mean)} (${formatNumber(lower)} to ${formatNumber(upper)})`];
    });
    return `${end}, ${values.join('; ')}`;
  });
}

function finitePoints(curve: SimulationSeries): readonly BandPoint[] {
  return curve.axis.values.flatMap((x, at) => {
    const [mean, lower, upper] = [curve.mean[at]!, curve.lower[at]!, curve.upper[at]!];
    return [x, mean, lower, upper].every(Number.isFinite) ? [{ x, mean, lower, upper }] : [];
  });
}
