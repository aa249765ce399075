import type { InputDistribution } from '../model/input-distribution.js';
import { inputCount, type UnitModel } from '../model/unit-model.js';

/** Numbers of `kernel/src/inputs.ts`: how inputs are made of variates. */
export const COMPOSITION = { standard: 0, diagonal: 1, triangular: 2, delayLine: 3, patches: 4 } as const;

export function compositionOf(model: UnitModel): number {
  const { distribution, input } = model;
  const { kind, factor, delayLine } = distribution;
  if (kind === 'patches') return COMPOSITION.patches;
  if (delayLine) return COMPOSITION.delayLine;
  if (factor.kind === 'triangular') return COMPOSITION.triangular;
  const inputs = inputCount(model);
  const isStandard =
    inputs % 2 === 0 && factor.deviations.every((d) => d === 1) && input.mean.subarray(0, inputs).every((m) => m === 0);
  // An odd number of inputs is padded by one that isn't drawn, which needs a deviation of 0.
  return isStandard ? COMPOSITION.standard : COMPOSITION.diagonal;
}

/** Variates of one input. */
export function rowLengthOf(composition: number, padded: number): number {
  return composition === COMPOSITION.delayLine || composition === COMPOSITION.patches ? 1 : padded;
}

/** C as a matrix, inputs × inputs, row by row. */
export function factorMatrix(factor: InputDistribution['factor'], inputs: number): Float64Array {
  if (factor.kind === 'triangular') return factor.matrix;
  const matrix = new Float64Array(inputs * inputs);
  factor.deviations.forEach((deviation, i) => (matrix[i * (inputs + 1)] = deviation));
  return matrix;
}
