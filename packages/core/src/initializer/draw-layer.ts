import type { Random } from '../random/random.js';
import { drawKernel } from './draw-kernel.js';
import { drawRandomizedAsymmetric } from './draw-randomized-asymmetric.js';
import { fans } from './fans.js';
import type { InitializerSpec } from './initializer-spec.js';

/** Kernel, row-major in its shape, and bias, [units], of one layer. */
export interface DrawnLayer {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * One draw of a layer's weights as the experiment's initializer makes them.
 * @param shape of the kernel: [in, out] or [kh, kw, in, out]
 * @throws `PLUGIN_INVALID` for another rank
 */
export function drawLayer(spec: InitializerSpec, shape: readonly number[], random: Random): DrawnLayer {
  const units = shape[shape.length - 1];
  if (spec.kind === 'randomized-asymmetric') return drawRandomizedAsymmetric(fans(shape).fanIn, units, random);
  return { kernel: drawKernel(spec, shape, random), bias: new Float32Array(units).fill(spec.bias) };
}
