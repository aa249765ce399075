import type { VarianceComponents } from '@reluctant/core';
import { formatCount, formatNumber, formatProbability, plural } from '../../html/format.js';
import { renderFigure } from '../../html/figure.js';
import { label } from '../../html/label.js';
import { markup, type Markup } from '../../html/markup.js';
import { renderTable } from '../../html/table.js';
import { note, type Section } from '../../sections/section.js';
import { armsForestChart } from '../charts/arms-forest-chart.js';
import type { InitializationSpread, PaperFindings } from '../findings.js';
import type { StudyResults } from '../study-results.js';
import { estimateCell, VERDICTS } from '../told.js';
import { armsTable } from './arms-table.js';

/** F4. */
export function initializationSection(
  { initialization }: PaperFindings,
  studied: StudyResults['initializers'],
): Section {
  return {
    id: 'initialization',
    title: 'F4: what the initializer makes of it',
    body:
      initialization.length === 0
        ? note('No network was trained from several initializers.')
        : markup`<p>
              That Pr[y&gt;0] falls whatever the initializer does not say that initializers make no difference. The claim holds where the interval of the
              mean lies below 0.5 for each of them, and does not where it lies above for one. How much of the spread is theirs, and how much that of seeds, is told by
              variance components (one-way analysis of variance, initializers taken as drawn at random).
            </p>
            ${initialization.map((spread, index) => partOf(spread, studied[index]!, `initialization-${index + 1}`))}`,
  };
}

function partOf(spread: InitializationSpread, { arms }: StudyResults['initializers'][number], id: string): Markup {
  const chart = (of: 'mean' | 'dead', measure: string, reference?: number) => {
    if (spread.arms.every((outcome) => outcome[of] === null)) return undefined;
    const figures = spread.arms.map((outcome) => `${label(outcome.label, 60)} ${estimateCell(outcome[of])}`);
    const options = {
      title: `${measure} of ${label(spread.label, 80)} at the end, by initializer`,
      summary: `${figures.join('; ')}.`,
      rows: 'initializer',
      reference,
    };
    return renderFigure(armsForestChart(of, spread.arms, arms, options), `${id}-${of}`);
  };
  return markup`${chart('mean', 'Pr[y>0]', 0.5)}
    ${chart('dead', 'Share of units that never fired')}
    ${renderTable(armsTable([{ arms: spread.arms }], 'initializer'), `F4: ${label(spread.label, 80)}`)}
    <p>
      ${VERDICTS[spread.verdict]}. ${componentsTold('Pr[y>0]', spread.activation)} ${componentsTold('The share of dead units', spread.dead)}
    </p>`;
}

function componentsTold(what: string, components: VarianceComponents | null): string {
  if (!components) return '';
  const { groups, values, between, within, share, interval, p } = components;
  return (
    `${what}: standard deviation ${formatNumber(between)} between initializers and ${formatNumber(within)} between seeds of one, so that ` +
    `${formatProbability(share)} of the variance lies between initializers (${formatProbability(interval.lower)} … ${formatProbability(interval.upper)}; ` +
    `p of no difference ${formatNumber(p)}; ${plural(groups, 'initializer')}, ${formatCount(values)} runs).`
  );
}
