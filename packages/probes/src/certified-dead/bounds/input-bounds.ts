import { ReluctantError, type InputRange, type Shape } from '@reluctant/core';
import { asMap, emptyBounds, type Bounds } from './bounds.js';

/**
 * The box of all inputs of a shape whose elements lie in a range, one for each channel or one for all. It is widened to the float32
 * numbers next to its ends where these are none themselves.
 * @throws ReluctantError `CONFIG_INVALID` for ends that are not finite or the wrong way round, or another number of channels
 */
export function inputBounds({ lower, upper }: InputRange, shape: Shape): Bounds {
  const [, , channels] = asMap(shape);
  const counts = [lower.length, upper.length];
  if (counts.some((count) => count !== 1 && count !== channels)) {
    throw invalid(
      `has ${lower.length} lower and ${upper.length} upper end(s); the network's inputs have ${channels} channel(s). Give one, or one each.`,
    );
  }
  const bounds = emptyBounds(shape);
  for (let i = 0; i < bounds.upper.length; i++) {
    const channel = i % channels;
    const [from, to] = [lower, upper].map((ends) => ends[ends.length === 1 ? 0 : channel]);
    if (!(Number.isFinite(from) && Number.isFinite(to) && from <= to)) {
      throw invalid(
        `goes from ${from} to ${to} in channel ${channel}. Give two finite numbers, the smaller one as "lower".`,
      );
    }
    bounds.lower[i] = Math.min(from, Math.fround(from));
    bounds.upper[i] = Math.max(to, Math.fround(to));
  }
  return bounds;
}

function invalid(what: string): ReluctantError {
  return new ReluctantError('CONFIG_INVALID', `The input range ${what}`);
}
