import type { CellReport, RunReport } from '@reluctant/report';
import { colorsFor } from './colors.js';
import { number } from './format-number.js';
import { plainText } from './plain-text.js';
import { formatTable } from './table.js';

/** What a simulation found beside its curves: how far theory is from it, its tables, and what is to be known of them. */
export function findings({ theories, tables, notes }: RunReport): string {
  const parts = [theories.length > 0 ? deviations(theories) : '', ...tables.map(table), ...notes.map(note)];
  return parts.filter(Boolean).join('\n');
}

/** Of the finest theory for each curve whose standard errors are known; the report has them all. */
function deviations(all: RunReport['theories']): string {
  const theories = all.filter(
    ({ name, group, largest }, index) =>
      largest && !all.slice(index + 1).some((later) => later.name === name && later.group === group),
  );
  if (theories.length === 0) return '';
  return formatTable(
    ['theory', 'of', 'outside the band', 'largest deviation', 'at'],
    theories.map(({ theory, name, group, compared, outside, largest }) => [
      plainText(theory),
      plainText(group === '' ? name : `${name}, ${group}`),
      `${outside} of ${compared}`,
      largest ? deviation(largest) : '–',
      largest ? String(largest.x) : '–',
    ]),
  );
}

function deviation({ standardErrors, difference }: NonNullable<RunReport['theories'][number]['largest']>): string {
  return standardErrors === null ? number(difference) : `${standardErrors.toFixed(1)} standard errors`;
}

function table({ title, columns, rows, notes }: RunReport['tables'][number]): string {
  const head = columns.map(({ label, unit }) => plainText(unit === undefined ? label : `${label} (${unit})`));
  const body = rows.map((row) => columns.map(({ kind }, column) => cell(row[column] ?? null, kind)));
  return [
    plainText(title, 120),
    formatTable(head, body),
    ...notes.map((text) => colorsFor(process.stdout).dim(plainText(text, 400))),
  ].join('\n');
}

function cell(value: CellReport, kind: RunReport['tables'][number]['columns'][number]['kind']): string {
  if (typeof value === 'string') return plainText(value);
  const format = (one: number | null) => (kind === 'count' && one !== null ? one.toLocaleString('en') : number(one));
  if (value === null || typeof value === 'number') return format(value);
  return `${format(value.value)} [${format(value.lower)}, ${format(value.upper)}]`;
}

function note({ severity, text }: RunReport['notes'][number]): string {
  const colors = colorsFor(process.stdout);
  return severity === 'warning'
    ? colors.yellow(`Warning: ${plainText(text, 1000)}`)
    : colors.dim(plainText(text, 1000));
}
