import { ReluctantError } from '@reluctant/core';
import { readNumber } from './read-number.js';

/** The range and number of points of Lu et al.'s experiments. */
export const DEFAULT_INPUTS = `grid:${-Math.sqrt(3)}:${Math.sqrt(3)}:21`;

/**
 * The set of inputs that `grid:FROM:TO:N`, `point:X1,X2,…`, `normal:N` or `orthant` means; numbers are not yet checked.
 * @throws `USAGE` for any other form
 */
export function parseInputs(text: string): { readonly kind: string; readonly [key: string]: unknown } {
  const [kind, ...parts] = text.split(':');
  const numbers = parts.map(readNumber);
  if (kind === 'grid' && parts.length === 3) return { kind, from: numbers[0], to: numbers[1], points: numbers[2] };
  if (kind === 'point' && parts.length === 1) return { kind, at: parts[0].split(',').map(readNumber) };
  if (kind === 'normal' && parts.length === 1) return { kind, points: numbers[0] };
  if (kind === 'orthant' && parts.length === 0) return { kind };
  throw new ReluctantError(
    'USAGE',
    `--inputs ${text}: write it as grid:FROM:TO:N, point:X1,X2,..., normal:N or orthant, for example grid:-1:1:21.`,
  );
}

/**
 * What `zero`, a number or `normal:SIGMA` means for the biases; sigma is not yet checked.
 * @throws `USAGE` for anything else
 */
export function parseBias(text: string): { readonly constant: unknown } | { readonly sigma: unknown } {
  if (text === 'zero') return { constant: 0 };
  if (text.startsWith('normal:')) return { sigma: readNumber(text.slice('normal:'.length)) };
  const constant = readNumber(text);
  if (typeof constant === 'number') return { constant };
  throw new ReluctantError('USAGE', `--bias ${text}: write it as zero, a number or normal:SIGMA.`);
}
