import { quantile } from '@reluctant/core';
import { orderParameters } from './order-parameters.js';
import type { RecordCollector } from './record-collector.js';
import type { SimulationPlan } from './simulation-plan.js';
import { QUANTILE_LEVELS, type MeanCurve, type SimulationResult } from './simulation-result.js';
import type { QUANTITIES } from './trial-chunk.js';
import { recordedWeights, weightsFromOrderParameters } from './weight-statistics.js';

/** Makes a result of what was collected at the first `points` points. */
export function summarize({
  plan,
  trials,
  points,
  collector,
  reason,
}: {
  readonly plan: SimulationPlan;
  readonly trials: number;
  readonly points: number;
  readonly collector: RecordCollector;
  readonly reason?: string;
}): SimulationResult {
  const { model, grid, deadBelow } = plan;
  const n = model.input.size;
  const parameters = plan.method === 'order-parameters' ? orderParameters(model, plan.start) : undefined;
  const weights = Array.from({ length: points }, (_, point) =>
    parameters && typeof parameters !== 'string'
      ? weightsFromOrderParameters(parameters, collector, point, trials)
      : recordedWeights(collector, point, n, trials),
  );
  const atPoints = (of: (point: number) => number) => Float64Array.from({ length: points }, (_, point) => of(point));
  const curve = (name: (typeof QUANTITIES)[number]): MeanCurve => ({
    mean: atPoints((point) => collector.mean(name, point)),
    standardError: atPoints((point) => collector.standardError(name, point)),
  });
  const excessError = curve('excessError');
  const { firstHits } = collector;

  return {
    method: plan.method,
    methodReason: reason,
    trials,
    k: grid.slice(0, points),
    stoppedEarly: points < grid.length,
    weights: { mean: join(weights.map((w) => w.mean)), standardError: join(weights.map((w) => w.standardError)) },
    variance: join(weights.map((w) => w.variance)),
    covariance: weights[0].covariance && join(weights.map((w) => w.covariance!)),
    activation: { ...curve('activation'), quantiles: quantiles(collector.activations.slice(0, points)) },
    squaredError: { ...excessError, mean: excessError.mean.map((value) => value + model.noise ** 2) },
    excessError,
    norm: curve('norm'),
    overlap: curve('overlap'),
    dead: {
      below: deadBelow,
      now: atPoints((point) => share(collector.activations[point], (p) => p < deadBelow)),
      ever: atPoints((point) => share(firstHits, (hit) => hit >= 0 && hit <= grid[point])),
      firstHits,
      everyUpdate: model.distribution.kind === 'normal',
    },
  };
}

function share(values: Float64Array, counts: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (counts(value)) count++;
  return count / values.length;
}

/** Points × levels. Sorted once, since that is what takes the time. */
function quantiles(points: readonly Float64Array[]): Float64Array {
  return join(
    points.map((values) => {
      const sorted = values.slice().sort();
      return Float64Array.from(QUANTILE_LEVELS, (level) => quantile(sorted, level));
    }),
  );
}

function join(arrays: readonly Float64Array[]): Float64Array {
  const size = arrays[0].length;
  const joined = new Float64Array(arrays.length * size);
  arrays.forEach((array, i) => joined.set(array, i * size));
  return joined;
}
