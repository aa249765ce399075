import { formatTable } from '../output/table.js';
import type { RecordComparison } from './compare-records.js';

/** Differences that are shown, those of the most values first. */
const SHOWN = 12;

/** What a repetition came to, for people. */
export function formatComparison({
  equal,
  events,
  values,
  valuesThatDiffer,
  counts,
  differences,
}: RecordComparison): string {
  // prettier-ignore
  const compared = `${values.toLocaleString('en')} values of ${events.toLocaleString('en')} events`;
  if (equal) return `Repeated, bit for bit: all ${compared} equal those of the bundle.`;
  const shown = [...differences].sort((a, b) => b.count - a.count).slice(0, SHOWN);
  const rows = shown.map(({ field, count, of, largest }) => [
    field,
    `${count.toLocaleString('en')} of ${of.toLocaleString('en')}`,
    ...largest!.map(shownValue),
  ]);
  return [
    `Not the same: ${valuesThatDiffer.toLocaleString('en')} of ${compared} differ from the bundle's.`,
    ...counts.map(({ type, bundled, repeated }) => `${type}: ${bundled} in the bundle, ${repeated} here`),
    ...(rows.length > 0 ? [formatTable(['value', 'differ', 'most: bundle', 'here'], rows)] : []),
    ...(differences.length > SHOWN ? [`and ${differences.length - SHOWN} more`] : []),
  ].join('\n');
}

function shownValue(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value)?.slice(0, 40) ?? 'nothing');
}
