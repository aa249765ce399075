import { choleskyFactor } from '../numerics/cholesky.js';
import { covarianceMatrix } from './covariance.js';
import type { InputDistribution } from './input-distribution.js';
import type { InputMoments } from './input-moments.js';
import { patchMoments } from './patch-moments.js';
import { teacherWeights, type TeacherKind } from './teacher.js';
import type { UnitOptions } from './unit-options.js';
import type { UpdateRule } from './update-rule.js';

/**
 * One unit y = f(w·x), what it is taught and how, in the form in which theory and simulation compute: the bias, where there is
 * one, is the last component of w, and 1 the last of x. Plain data, which can be sent to another thread.
 *
 * An update averages over `batchSize` samples, e = g(v·x) + noise − y being the error at each (noise alone for the teacher `none`):
 *
 *     gradient = mean of e gate(w·x) x − weightDecay w      (the decay spares the bias)
 *     V ← momentum V + gradient        w ← w + stepSize V
 */
export interface UnitModel {
  /** Mean and covariance of x, with the bias. */
  readonly input: InputMoments;
  /** How x is drawn, without the bias. */
  readonly distribution: InputDistribution;
  /** Whether the last component of x is the constant 1 of a trained bias. */
  readonly hasBias: boolean;
  /** g and v, of as many components as x. Where the teacher is `zero` or `none` v is a direction to compare weights with. */
  readonly teacher: { readonly kind: TeacherKind; readonly weights: Float64Array };
  readonly rule: UpdateRule;
  /** Standard deviation of the noise on the desired signal, ≥ 0. */
  readonly noise: number;
  /** μ > 0. */
  readonly stepSize: number;
  /** B ≥ 1. */
  readonly batchSize: number;
  /** β, in [0, 1). */
  readonly momentum: number;
  /** λ ≥ 0. */
  readonly weightDecay: number;
}

/** @param options that `checkUnit` has no issue with */
export function unitModel(options: UnitOptions): UnitModel {
  const { inputs, bias: hasBias, rule, leak, noise, stepSize, batchSize, momentum, weightDecay } = options;
  const { mean, covariance, distribution } = inputLaw(options);
  return {
    input: hasBias ? withBias(mean, covariance) : { size: inputs, mean, covariance },
    distribution,
    hasBias,
    teacher: { kind: options.teacher.kind, weights: teacherWeights(options.teacher, { inputs, hasBias }) },
    rule: { kind: rule, leak },
    noise,
    stepSize,
    batchSize,
    momentum,
    weightDecay,
  };
}

function inputLaw({ inputs, inputMean, covariance: options, distribution: kind, patches }: UnitOptions): {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly distribution: InputDistribution;
} {
  if (kind === 'patches') {
    const vectors = Float64Array.from(patches!.flat());
    const moments = patchMoments(vectors, inputs);
    const factor = { kind: 'diagonal', deviations: new Float64Array(inputs) } as const;
    return { ...moments, distribution: { kind, factor, patches: vectors } };
  }
  const mean = Float64Array.from({ length: inputs }, (_, i) =>
    typeof inputMean === 'number' ? inputMean : inputMean[i],
  );
  const covariance = covarianceMatrix(options, inputs);
  const delayLine =
    options.kind === 'ar1' && options.shifted
      ? { correlation: options.correlation, deviation: Math.sqrt(options.variance) }
      : undefined;
  return { mean, covariance, distribution: { kind, factor: factorOf(covariance, inputs), delayLine } };
}

function factorOf(covariance: Float64Array, inputs: number): InputDistribution['factor'] {
  if (covariance.every((entry, i) => entry === 0 || i % (inputs + 1) === 0)) {
    const deviations = Float64Array.from({ length: inputs }, (_, i) => Math.sqrt(covariance[i * (inputs + 1)]));
    return { kind: 'diagonal', deviations };
  }
  const result = choleskyFactor(covariance, inputs);
  if ('failure' in result) throw new TypeError('The covariance was not checked: it is not positive semi-definite.');
  return { kind: 'triangular', matrix: result.factor };
}

/** The constant 1 as a last component. */
function withBias(mean: Float64Array, covariance: Float64Array): InputMoments {
  const inputs = mean.length;
  const size = inputs + 1;
  const extended = new Float64Array(size * size);
  for (let i = 0; i < inputs; i++) extended.set(covariance.subarray(i * inputs, (i + 1) * inputs), i * size);
  return { size, mean: Float64Array.of(...mean, 1), covariance: extended };
}

/** L, the number of inputs: without the bias. */
export const inputCount = ({ input, hasBias }: Pick<UnitModel, 'input' | 'hasBias'>): number =>
  input.size - (hasBias ? 1 : 0);
