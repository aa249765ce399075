import { formatCount, formatEpoch, plural } from '../html/format.js';
import { markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import { certificates } from '../queries/certificates.js';
import type { RunRecord } from '../queries/run-record.js';
import type { Section } from './section.js';

/** Units that provably never fire, beside those that did not on the probe split. Nothing where none were looked for. */
export function certificatesSection(record: RunRecord, run: string): readonly Section[] {
  const found = certificates(record);
  if (!found) return [];
  const { step, epoch, units, certified, layers } = found;
  const unbounded = layers.some((layer) => layer.unbounded > 0);
  const table = {
    columns: [
      { label: 'site', as: 'text' as const },
      { label: 'units', as: 'number' as const },
      { label: 'certified dead', as: 'number' as const },
      { label: 'never fired', as: 'number' as const },
      ...(unbounded ? [{ label: 'without a finite bound', as: 'number' as const }] : []),
    ],
    rows: layers.map((layer) => [
      label(layer.site.name, 80),
      ...[layer.units, layer.certified, layer.neverFired].map(formatCount),
      ...(unbounded ? [formatCount(layer.unbounded)] : []),
    ]),
  };
  return [
    {
      id: `${run}.certificates`,
      title: 'Certificates of death',
      body: markup`<p>
          After step ${formatCount(step)} (epoch ${formatEpoch(epoch)}), ${formatCount(certified)} of ${plural(units, 'unit')}
          provably never fire${certified === 1 && 's'}, in evaluation mode with these weights, for any input in the range of the data. Bounds grow
          wider with depth, so that a unit without a certificate may be dead nevertheless; “never fired” is of the probe
          split.
        </p>
        ${renderTable(table, 'Certificates by layer')}`,
    },
  ];
}
