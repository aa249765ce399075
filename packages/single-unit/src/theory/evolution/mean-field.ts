import { drift } from '../drift/drift.js';
import { squaredError } from '../squared-error.js';
import { unitGeometry } from '../geometry.js';
import { activationProbability } from '../half-space-moments.js';
import { follow, largest, type Closure } from './closure.js';
import { decay, type EvolutionPoint, type TrainedUnit } from './trained-unit.js';

/**
 * The mean field: w ← w + μ h(w), with momentum and weight decay. As if all trials shared the mean weights, so that noise and the
 * batch size have no part in it. Its error is of the order of the step size, but for sensitive starts (near the boundary between
 * dying and recovering).
 *
 * @param start the weights before the first update
 * @param grid numbers of updates, increasing, from 0 on
 * @throws ReluctantError `RUN_DIVERGED`
 */
export function meanField(unit: TrainedUnit, start: Float64Array, grid: readonly number[]): EvolutionPoint[] {
  return follow(new MeanField(unit, start), grid);
}

/** What `meanField` follows. */
export class MeanField implements Closure {
  private readonly mean: Float64Array;
  private readonly velocity: Float64Array;

  constructor(
    private readonly unit: TrainedUnit,
    start: Float64Array,
  ) {
    this.mean = Float64Array.from(start);
    this.velocity = new Float64Array(start.length);
  }

  advance(): void {
    const { unit, mean, velocity } = this;
    const gradient = decay(unit, mean, drift(unit, mean));
    for (let i = 0; i < mean.length; i++) {
      velocity[i] = unit.momentum * velocity[i] + gradient[i];
      mean[i] += unit.stepSize * velocity[i];
    }
  }

  magnitude(): number {
    return largest(this.mean);
  }

  observe(step: number): EvolutionPoint {
    const { unit, mean } = this;
    const geometry = unitGeometry(unit.input, unit.teacher.weights, mean);
    return {
      step,
      mean: Float64Array.from(mean),
      covariance: new Float64Array(mean.length ** 2),
      activation: activationProbability(geometry),
      squaredError: squaredError(unit, mean, geometry).mse,
      threshold: { mean: geometry.a, deviation: 0 },
    };
  }
}
