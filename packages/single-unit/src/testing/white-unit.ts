import type { InputMoments } from '../model/input-moments.js';
import type { TrainedUnit } from '../theory/evolution/trained-unit.js';

/** White inputs of mean 0 and variance 1, with the constant 1 of a bias after them or without. */
export function whiteInput(inputs: number, hasBias: boolean): InputMoments {
  const size = inputs + (hasBias ? 1 : 0);
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < inputs; i++) covariance[i * (size + 1)] = 1;
  const mean = new Float64Array(size);
  if (hasBias) mean[inputs] = 1;
  return { size, mean, covariance };
}

/** A unit of such inputs that learns a ReLU teacher by `backprop`, but for the options given. */
export function whiteUnit(
  teacherWeights: ArrayLike<number>,
  hasBias: boolean,
  options: Partial<TrainedUnit> = {},
): TrainedUnit {
  return {
    input: whiteInput(teacherWeights.length - (hasBias ? 1 : 0), hasBias),
    teacher: { kind: 'relu', weights: Float64Array.from(teacherWeights) },
    rule: { kind: 'backprop', leak: 0 },
    noise: 0.1,
    hasBias,
    stepSize: 0.02,
    batchSize: 1,
    momentum: 0,
    weightDecay: 0,
    ...options,
  };
}
