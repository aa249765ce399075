import type { Random } from '../random/random.js';
import { drawNormal, drawUniform } from './draw-array.js';
import { drawOrthogonal } from './draw-orthogonal.js';
import { fans } from './fans.js';
import type { InitializerSpec } from './initializer-spec.js';

/** Draws with the variance `scale` / fan, where the fan is fan_in or the mean of fan_in and fan_out. */
interface VarianceScaling {
  readonly scale: number;
  readonly mode: 'fanIn' | 'fanAvg';
  readonly distribution: 'normal' | 'uniform';
}

/**
 * He et al. 2015 (arXiv 1502.01852, eq. 10), Glorot & Bengio 2010 (eq. 12 and 16), LeCun et al. 1998 (§4.6), each with the
 * normal and the uniform distribution of that variance.
 */
const VARIANCE_SCALINGS = {
  'he-normal': { scale: 2, mode: 'fanIn', distribution: 'normal' },
  'he-uniform': { scale: 2, mode: 'fanIn', distribution: 'uniform' },
  'glorot-normal': { scale: 1, mode: 'fanAvg', distribution: 'normal' },
  'glorot-uniform': { scale: 1, mode: 'fanAvg', distribution: 'uniform' },
  'lecun-normal': { scale: 1, mode: 'fanIn', distribution: 'normal' },
  'lecun-uniform': { scale: 1, mode: 'fanIn', distribution: 'uniform' },
} as const satisfies Record<string, VarianceScaling>;

/** The kinds that draw a kernel by itself. */
export type KernelSpec = Exclude<InitializerSpec, { readonly kind: 'randomized-asymmetric' }>;

/**
 * A kernel of shape [in, out] or [kh, kw, in, out], row-major. Throws `PLUGIN_INVALID` for another rank.
 */
export function drawKernel(spec: KernelSpec, shape: readonly number[], random: Random): Float32Array {
  const { fanIn, fanOut } = fans(shape);
  const units = shape[shape.length - 1];
  switch (spec.kind) {
    case 'gaussian':
      return drawNormal(fanIn * units, spec.sigma, random);
    case 'orthogonal':
      return drawOrthogonal(fanIn, units, spec.gain, random);
    default: {
      const { scale, mode, distribution } = VARIANCE_SCALINGS[spec.kind];
      const sigma = Math.sqrt(scale / (mode === 'fanIn' ? fanIn : (fanIn + fanOut) / 2));
      return (distribution === 'normal' ? drawNormal : drawUniform)(fanIn * units, sigma, random);
    }
  }
}
