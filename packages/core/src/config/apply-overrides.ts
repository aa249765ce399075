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
  const result = structuredClone(document);
  for (const override of overrides) applyOverride(result, override);
  return result;
}

function applyOverride(document: Record<string, unknown>, override: string): void {
  const equals = override.indexOf('=');
  const path = override.slice(0, Math.max(equals, 0)).trim().split('.');
  if (equals < 1 || path.some((key) => key === '' || FORBIDDEN.has(key))) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      `--set ${override}: write it as path=value, for example training.epochs=3.`,
    );
  }
  const value = parseValue(override.slice(equals + 1), override);
  let place: Record<string, unknown> | unknown[] = document;
  for (const key of path.slice(0, -1)) place = step(place, key, override);
  assign(place, path.at(-1)!, value, override);
}

function parseValue(text: string, override: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw ReluctantError.from(error, 'CONFIG_INVALID', `--set ${override}: the value can't be read`);
  }
}

function step(
  place: Record<string, unknown> | unknown[],
  key: string,
  override: string,
): Record<string, unknown> | unknown[] {
  const present = Array.isArray(place) ? place[index(place, key, override)] : place[key];
  if (Array.isArray(present) || isPlainObject(present)) return present;
  const created = typeof present === 'string' ? { kind: present } : {};
  assign(place, key, created, override);
  return created;
}

function assign(place: Record<string, unknown> | unknown[], key: string, value: unknown, override: string): void {
  if (Array.isArray(place)) place[index(place, key, override)] = value;
  else place[key] = value;
}

function index(list: readonly unknown[], key: string, override: string): number {
  const position = Number(key);
  if (Number.isInteger(position) && position >= 0 && position <= list.length) return position;
  throw new ReluctantError(
    'CONFIG_INVALID',
    `--set ${override}: "${key}" is no place in a list of ${list.length} (0 to ${list.length}).`,
  );
}
