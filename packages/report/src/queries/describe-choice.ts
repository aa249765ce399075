import { label } from '../html/label.js';
import { kindOf } from './kind-of.js';

export type Options = Readonly<Record<string, unknown>>;

/** Characters of a choice that are told; the whole configuration stands below. */
const MOST = 400;

/** A choice of an experiment's configuration with its options: `momentum (momentum 0.9, weightDecay 0)`; undefined where there is none. */
export function describeChoice(choice: unknown): string | undefined {
  const kind = kindOf(choice);
  if (kind === undefined) return undefined;
  const options = Object.entries(optionsOf(choice)).filter(([name]) => name !== 'kind');
  const told = options.map(([name, value]) => `${name} ${describeValue(value)}`).join(', ');
  return label(told === '' ? kind : `${kind} (${told})`, MOST);
}

export function optionsOf(value: unknown): Options {
  return typeof value === 'object' && value !== null ? (value as Options) : {};
}

function describeValue(value: unknown): string {
  if (kindOf(value) !== undefined && typeof value === 'object') return describeChoice(value)!;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : `[${value.map(describeValue).join(' ')}]`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, inner]) => `${name} ${describeValue(inner)}`);
    return `{${parts.join(', ')}}`;
  }
  return String(value);
}
