import { nameOfDefinition } from '@reluctant/core';
import { agreementChart } from '../charts/agreement-chart.js';
import { renderFigure } from '../html/figure.js';
import { formatCount, formatNumber } from '../html/format.js';
import { markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import type { RunRecord } from '../queries/run-record.js';
import type { RunSamples } from '../queries/run-samples.js';
import { unitAgreement, type UnitAgreement } from '../queries/unit-agreement.js';
import { note, type Section } from './section.js';

/** How many units each definition of a dead unit flags, and how far they agree. Nothing where only one could be judged. */
export function agreementSection(record: RunRecord, samples: RunSamples, run: string): readonly Section[] {
  const found = unitAgreement(record, samples);
  if (!found) return [];
  const chart = agreementChart(found);
  const shown = found.definitions.map(({ definition }) => definition);
  const table = {
    columns: [
      { label: 'site', as: 'text' as const },
      { label: 'units', as: 'number' as const },
      ...shown.map((definition) => ({ label: nameOfDefinition(definition), as: 'number' as const })),
    ],
    rows: found.layers.map(({ site, units, flagged }) => [
      label(site.name, 80),
      formatCount(units),
      ...shown.map((definition) => formatCount(flagged[definition])),
    ]),
  };
  return [
    {
      id: `${run}.agreement`,
      title: 'Definitions of a dead unit',
      body: markup`<p>${meanings(found)}</p>
        ${chart ? renderFigure(chart, `${run}.definitions`) : note('None of them flags a unit.')} ${renderTable(table, 'Units flagged by layer')}`,
    },
  ];
}

function meanings({ definitions, epsilon, tau, window }: UnitAgreement): string {
  const texts = {
    'never-fired': 'never fired: no output above zero on the probe split',
    'nearly-dead': `nearly dead: Pr[y>0] < ${formatNumber(epsilon)} there`,
    dormant: `dormant: mean output at most ${formatNumber(tau)} times the layer’s`,
    silent: `silent: fired in none of the last ${formatCount(window)} training steps`,
    constant: 'constant: one output for all images of the probe split, to 1e-4',
    'certified-dead': 'certified dead: provably silent on every input of the input range',
    'gradient-dead': 'gradient dead: no gradient reached it in the last training window',
  } as const;
  return `${definitions.map(({ definition }, index) => (index === 0 ? capital(texts[definition]) : texts[definition])).join('; ')}.`;
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}
