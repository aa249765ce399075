import { initializerSpecSchema, ReluctantError, type InitializerSpec } from '@reluctant/core';
import { z } from 'zod';
import { parse } from 'yaml';
import { checkFlags } from './flags.js';

const schema = z.strictObject({
  initializer: z.preprocess((value) => (typeof value === 'string' ? { kind: value } : value), initializerSpecSchema),
});

/**
 * An initializer as an experiment file names it: `he-normal`, or `{kind: gaussian, sigma: 0.1}`.
 * @throws `USAGE`
 */
export function parseInitializer(text: string): InitializerSpec {
  return checkFlags(schema, { initializer: readYaml(text) }).initializer;
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw ReluctantError.from(error, 'USAGE', `--initializer ${text} can't be read`);
  }
}

/** For people: its kind, and what its options are where they are not the usual ones. */
export function initializerName({ kind, ...options }: InitializerSpec): string {
  const told = Object.entries(options).filter(([name, value]) => !(name === 'bias' && value === 0));
  return told.length === 0 ? kind : `${kind} (${told.map(([name, value]) => `${name} ${value}`).join(', ')})`;
}
