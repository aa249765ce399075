import { formatCount, formatEpoch } from '../html/format.js';
import { label } from '../html/label.js';
import { markup } from '../html/markup.js';
import { renderTable } from '../html/table.js';
import { interventionTotals } from '../queries/interventions.js';
import type { RunRecord } from '../queries/run-record.js';
import type { Section } from './section.js';

const UNITS_SHOWN = 12;

/** What was done to the network in training, and what was left alone. Nothing where no intervention told of anything. */
export function interventionsSection(record: RunRecord, run: string): readonly Section[] {
  const { interventions } = record;
  if (interventions.length === 0) return [];
  const table = {
    columns: [
      { label: 'epoch', as: 'number' as const },
      { label: 'step', as: 'number' as const },
      { label: 'intervention', as: 'text' as const },
      { label: 'site', as: 'text' as const },
      { label: 'number', as: 'number' as const },
      { label: 'units', as: 'text' as const },
      { label: 'what was done', as: 'text' as const },
    ],
    rows: interventions.map((event) => [
      formatEpoch(event.epoch),
      formatCount(event.step),
      label(event.intervention, 60),
      label(event.site, 80),
      formatCount(event.units.length),
      event.units.slice(0, UNITS_SHOWN).join(', ') + (event.units.length > UNITS_SHOWN ? ', …' : ''),
      event.type === 'intervention.applied' ? label(event.action, 200) : label(`left alone: ${event.reason}`, 300),
    ]),
  };
  return [
    {
      id: `${run}.interventions`,
      title: 'Interventions',
      body: markup`<p>
          ${interventionTotals(record).map(({ sentence }) => `${label(sentence, 300)} `)} Each follows a
          measurement: that of the same step shows the network before it, and the next one what became of the units.
        </p>
        ${renderTable(table, 'Interventions by step')}`,
    },
  ];
}
