import type { Random } from '@reluctant/core';
import type { Initialization } from '../model/initializations.js';
import type { Teacher } from './teacher.js';
import type { UpdateRule } from './update-rules.js';

/** One unit, what it is taught and how. Inputs are independent normal variables of variance 1. */
export interface UnitModel {
  readonly teacher: Teacher;
  readonly rule: UpdateRule;
  /** Whether the unit has a bias, trained like a weight whose input is always 1. */
  readonly hasBias: boolean;
  /** Mean of every input. */
  readonly inputMean: number;
  /** μ > 0. */
  readonly stepSize: number;
  /** Standard deviation of the noise on the desired signal, ≥ 0. */
  readonly noise: number;
}

/**
 * A unit y = f(w·x + b) trained sample by sample: w ← w + μ (d − y) gate(w·x + b) x with d = response(v·x + c) + noise.
 */
export class SingleUnit {
  readonly weights: Float64Array;
  bias: number;
  private readonly inputs: Float64Array;
  private updates = 0;
  private squaredErrors = 0;

  /** @param random initial weights, inputs and noise all come from it */
  constructor(
    readonly model: UnitModel,
    initialize: Initialization,
    private readonly random: Random,
  ) {
    this.weights = new Float64Array(model.teacher.weights.length);
    this.inputs = new Float64Array(model.teacher.weights.length);
    this.bias = initialize(this.weights, random);
  }

  /** Goes on training; how updates are divided into calls changes nothing. */
  train(updates: number): void {
    const { inputs, weights, random } = this;
    const { teacher, rule, hasBias, inputMean, stepSize, noise } = this.model;
    let bias = this.bias;
    let squaredErrors = this.squaredErrors;

    for (let update = 0; update < updates; update++) {
      let s = bias;
      let t = teacher.bias;
      for (let i = 0; i < inputs.length; i++) {
        const x = inputMean + random.normal();
        inputs[i] = x;
        s += weights[i] * x;
        t += teacher.weights[i] * x;
      }
      const excessError = teacher.response(t) - rule.output(s);
      squaredErrors += excessError * excessError;

      const step = stepSize * (excessError + noise * random.normal()) * rule.gate(s);
      if (step === 0) continue;
      for (let i = 0; i < inputs.length; i++) weights[i] += step * inputs[i];
      if (hasBias) bias += step;
    }

    this.bias = bias;
    this.squaredErrors = squaredErrors;
    this.updates += updates;
  }

  /** Mean squared error against the desired signal without its noise, over the updates since it was last asked for. */
  takeSquaredError(): number {
    const mean = this.squaredErrors / this.updates;
    this.squaredErrors = 0;
    this.updates = 0;
    return mean;
  }
}
