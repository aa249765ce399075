import { ReluctantError } from '../errors.js';

/** Connections into and out of one unit. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Fans of a kernel: [in, out] of a dense layer or [kh, kw, in, out] of a convolution, where fan_in = kh·kw·in and
 * fan_out = kh·kw·out. Throws `PLUGIN_INVALID` for any other rank.
 */
export function fans(shape: readonly number[]): Fans {
  if (shape.length !== 2 && shape.length !== 4) {
    throw new ReluctantError(
      'PLUGIN_INVALID',
      `A kernel initializer was given the shape [${shape.join(', ')}]; it takes [in, out] or [kh, kw, in, out].`,
    );
  }
  const [inputs, outputs] = shape.slice(-2);
  const receptiveField = shape.slice(0, -2).reduce((product, side) => product * side, 1);
  return { fanIn: receptiveField * inputs, fanOut: receptiveField * outputs };
}
