import type { TheoryDeviation, TheorySeries } from '@reluctant/core';
import type { LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { formatNumber, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { LegendEntry } from './chart.js';
import { COLOUR, lineSeries } from './theme.js';

type Dash = 'solid' | 'dashed' | 'dotted';

/** From the finest theory to the coarsest, which come in the opposite order. More than three share the last. */
const FINEST_FIRST: readonly { readonly dash: Dash; readonly mark: LegendEntry['mark']; readonly colour: string }[] = [
  { dash: 'solid', mark: 'line', colour: COLOUR.vermillion },
  { dash: 'dashed', mark: 'dashed', colour: COLOUR.green },
  { dash: 'dotted', mark: 'dotted', colour: COLOUR.purple },
];

/** The theories of a chart, each with how it is drawn: its dash by its rank, its colour by its rank or, of several groups, by theirs. */
export class TheoryStyles {
  private readonly names: readonly string[];

  /** @param groupColour colour of a group where there are several, which tell groups by colour and theories by dash */
  constructor(
    theories: readonly TheorySeries[],
    private readonly groupColour: ((group: string) => string) | undefined,
  ) {
    this.names = [...new Set(theories.map(({ theory }) => theory))];
  }

  legend(): readonly LegendEntry[] {
    return this.names.map((name) => {
      const { mark, colour } = this.rank(name);
      return { label: label(name, 60), mark, colour: this.groupColour ? COLOUR.ink : colour };
    });
  }

  of({ theory, group }: Pick<TheorySeries, 'theory' | 'group'>): { readonly dash: Dash; readonly colour: string } {
    const { dash, colour } = this.rank(theory);
    return { dash, colour: this.groupColour?.(group) ?? colour };
  }

  private rank(name: string) {
    const fromFinest = this.names.length - 1 - this.names.indexOf(name);
    return FINEST_FIRST[Math.min(fromFinest, FINEST_FIRST.length - 1)]!;
  }
}

/** The places of a computed curve that can be drawn. */
export function theoryPoints({ axis, values }: TheorySeries, positiveX: boolean, positiveY: boolean) {
  return axis.values.flatMap((x, at) => {
    const value = values[at]!;
    const drawable = Number.isFinite(x) && Number.isFinite(value) && (!positiveX || x > 0) && (!positiveY || value > 0);
    return drawable ? [[x, value] as const] : [];
  });
}

export function theoryLine(
  points: readonly (readonly [number, number])[],
  { dash, colour }: { readonly dash: Dash; readonly colour: string },
): LineSeriesOption {
  return lineSeries(points, colour, { type: dash, width: dash === 'solid' ? 1.75 : 2 });
}

/** Marks where theory leaves the band. */
export function outsideMarks(points: readonly (readonly [number, number])[], colour: string): ScatterSeriesOption {
  return {
    type: 'scatter',
    symbol: 'diamond',
    symbolSize: 8,
    itemStyle: { color: COLOUR.paper, borderColor: colour, borderWidth: 1.5 },
    silent: true,
    data: points.map(([x, y]) => [x, y]),
  };
}

/** `C2 for “he”: inside the band at 58 of 60 places; at most 2.9 standard errors from the mean (updates = 100).` */
export function deviationSentence(
  { theory, group, compared, outside, largest }: TheoryDeviation,
  axis: string,
): string {
  const who = `${label(theory, 60)}${group === '' ? '' : ` for “${label(group, 60)}”`}`;
  if (compared === 0) return `${who} has no place in common with the simulation.`;
  const where =
    outside.length === 0
      ? `inside the band at all ${plural(compared, 'place')}`
      : `outside the band at ${outside.length} of ${plural(compared, 'place')}, first at ${label(axis, 40)} = ${formatNumber(outside[0]!.x)}`;
  if (!largest) return `${who}: ${where}.`;
  const { standardErrors, x, difference } = largest;
  const size = Number.isFinite(standardErrors)
    ? `${formatNumber(Number(Math.abs(standardErrors).toPrecision(3)))} standard errors (${formatNumber(difference)})`
    : `by ${formatNumber(difference)} where all trials agree`;
  return `${who}: ${where}; largest deviation ${size} at ${label(axis, 40)} = ${formatNumber(x)}.`;
}
