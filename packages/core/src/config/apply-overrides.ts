import { parse } from 'yaml';
import { ReluctantError } from '../errors.js';
import { isPlainObject } from './parse-document.js';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A copy of `document` with `--set path=value` overrides applied in order. A path is dotted, with numbers for list entries
 * (`probes.0.epsilon=0.02`); values are read as YAML (`0.1`, `true`, `[64, M]`, `{kind: adam}`). A shorthand on the way
 * (`optimizer: adam`) becomes its long form (`{kind: adam}`).
 * @throws `CONFIG_INVALID` naming the override
 */
export function applyOverrides(
  document: Record<string, unknown>,
  overrides: readonly string[],
): Record<string, unknown> {
  return overrides.reduce(applyOverride, document);
}

function applyOverride(document: Record<string, unknown>, override: string): Record<string, unknown> {
  const equals = override.indexOf('=');
  const path = override.slice(0, Math.max(equals, 0)).trim().split('.');
  if (equals < 1 || path.some((key) => key === '' || FORBIDDEN.has(key))) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      `--set ${override}: write it as path=value, for example training.epochs=3.`,
    );
  }
  const value = parseValue(override.slice(equals + 1), override);
  return withValue(document, path, value, override) as Record<string, unknown>;
}

function parseValue(text: string, override: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw ReluctantError.from(error, 'CONFIG_INVALID', `--set ${override}: the value can't be read`);
  }
}

/** Only what lies on the path is copied: a part that an alias shares with another place stays there as it was. */
function withValue(place: unknown, [key, ...rest]: readonly string[], value: unknown, override: string): unknown {
  const next = (present: unknown) => (rest.length === 0 ? value : withValue(present, rest, value, override));
  if (Array.isArray(place)) {
    const position = index(place, key, override);
    return [...place.slice(0, position), next(place[position]), ...place.slice(position + 1)];
  }
  const parent = isPlainObject(place) ? place : typeof place === 'string' ? { kind: place } : {};
  return { ...parent, [key]: next(Object.hasOwn(parent, key) ? parent[key as keyof typeof parent] : undefined) };
}

function index(list: readonly unknown[], key: string, override: string): number {
  const position = Number(key);
  if (Number.isInteger(position) && position >= 0 && position <= list.length) return position;
  throw new ReluctantError(
    'CONFIG_INVALID',
    `--set ${override}: "${key}" is no place in a list of ${list.length} (0 to ${list.length}).`,
  );
}
