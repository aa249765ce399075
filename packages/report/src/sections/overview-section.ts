import { comparisonChart } from '../charts/comparison-chart.js';
import { groupDeadSharesChart, groupsByDepthChart } from '../charts/group-charts.js';
import { layerDifferencesChart } from '../charts/layer-differences-chart.js';
import { renderFigure } from '../html/figure.js';
import {
  ABSENT,
  formatCount,
  formatEpoch,
  formatNumber,
  formatPercent,
  formatProbability,
  plural,
} from '../html/format.js';
import { markup, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import { activationByDepth } from '../queries/activation-by-depth.js';
import { groupDeadShares, groupsByDepth } from '../queries/group-curves.js';
import { layerDifferences } from '../queries/layer-differences.js';
import { headlineSeries } from '../queries/measurements.js';
import { runGroups, type RunGroup } from '../queries/run-groups.js';
import type { ShownRun } from './run-section.js';
import { note, renderSection } from './section.js';

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
  const groups = runGroups(runs.map(({ record, report: { name } }) => ({ name, record })));
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
    ${comparisonOf(groups)}
  </section> `;
}

/** What differs between configurations, seeds of one taken together. Nothing where there is one configuration only. */
function comparisonOf(all: readonly RunGroup[]): Markup | undefined {
  if (all.length < 2) return undefined;
  const groups = all.slice(0, MOST_LINES);
  const byDepth = groupsByDepth(groups);
  const deadShares = groupDeadShares(groups);
  const differences = layerDifferences(groups);
  const body = markup`<p>
      ${plural(all.length, 'configuration')}, named by as few settings as tell them apart; the table holds all settings that differ. Runs of one
      configuration differ in the seed only. ${all.length > MOST_LINES && `The charts show the first ${MOST_LINES}.`}
    </p>
    ${renderTable(settingsTable(all), 'Configurations')}
    ${byDepth.length > 0 && renderFigure(groupsByDepthChart(byDepth), 'configurations-depth')}
    ${deadShares.length > 0 && renderFigure(groupDeadSharesChart(deadShares), 'configurations-dead')}
    ${differences.length > 0 && renderFigure(layerDifferencesChart(differences), 'configurations-difference')}`;
  return renderSection({ id: 'configurations', title: 'Configurations', body }, 3);
}

function settingsTable(groups: readonly RunGroup[]) {
  return {
    columns: [
      { label: 'configuration', as: 'text' as const },
      { label: 'runs', as: 'number' as const },
      ...groups[0]!.settings.map(({ name }) => ({ label: label(name, 40), as: 'text' as const })),
    ],
    rows: groups.map((group) => [
      label(group.label, 80),
      formatCount(group.runs.length),
      ...group.settings.map(({ value }) => (value === null ? ABSENT : label(value, 60))),
    ]),
  };
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
