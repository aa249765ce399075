import { comparisonChart } from '../charts/comparison-chart.js';
import { renderFigure } from '../html/figure.js';
import { formatCount, formatEpoch, formatNumber, formatPercent, formatProbability } from '../html/format.js';
import { markup, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import { activationByDepth } from '../queries/activation-by-depth.js';
import { headlineSeries } from '../queries/measurements.js';
import type { ShownRun } from './run-section.js';
import { note } from './section.js';

/** Lines that one chart can carry and still be read. */
const MOST_LINES = 7;

/** All runs side by side; nothing for a single one. */
export function overviewSection(runs: readonly ShownRun[]): Markup | undefined {
  if (runs.length < 2) return undefined;
  const compared = runs.flatMap(({ record, report }) => {
    const on = headlineSeries(record, 'activation-probability');
    const activation = on && activationByDepth(record, on);
    return activation ? [{ name: report.name, activation }] : [];
  });
  const shown = compared.slice(0, MOST_LINES);
  const early = runs.flatMap(({ report: { name, final, activation, dead } }) => {
    const at = (activation ?? dead)?.step ?? final.testStep;
    return at !== null && at < final.step
      ? [`${label(name, 80)} (after step ${formatCount(at)} of ${formatCount(final.step)})`]
      : [];
  });
  return markup`<section aria-labelledby="overview">
    <h2 id="overview"><a href="#overview">Overview</a></h2>
    ${renderTable(table(runs), 'Overview of the runs')}
    ${note('Never fired and nearly dead are of N images of the series that each run names; nearly dead includes never fired.')}
    ${early.length > 0 && note('Last measured before the run ended: ', early.join(', '), '.')}
    ${shown.length > 1 && renderFigure(comparisonChart(shown), 'overview-depth')}
    ${compared.length > MOST_LINES && note(`The chart shows the first ${MOST_LINES} of ${compared.length} measured runs.`)}
  </section> `;
}

function table(runs: readonly ShownRun[]) {
  const text = (name: string) => ({ label: name, as: 'text' as const });
  const number = (name: string) => ({ label: name, as: 'number' as const });
  return {
    columns: [
      text('run'),
      text('status'),
      text('network'),
      number('epochs'),
      number('training loss'),
      number('test accuracy'),
      number('mean Pr[y>0]'),
      number('never fired / units'),
      number('nearly dead'),
      number('N images'),
    ],
    rows: runs.map(({ report: { name, status, architecture, final, activation, dead, simulations } }) => [
      label(name, 80),
      status === 'running' ? 'unfinished' : status,
      label(architecture ?? (simulations.length > 0 ? 'simulation' : '–'), 40),
      final.step > 0 ? formatEpoch(final.epoch) : '–',
      formatNumber(final.trainLoss),
      formatPercent(final.testAccuracy),
      formatProbability(activation?.mean),
      dead ? `${formatCount(dead.neverFired)} / ${formatCount(dead.units)}` : '–',
      formatCount(dead?.nearlyDead),
      formatCount(dead?.images ?? activation?.images),
    ]),
  };
}
