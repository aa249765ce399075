import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-flow.json' with { type: 'json' };
import { referenceTrajectory } from '../../testing/reference-trajectories.js';
import { whiteUnit } from '../../testing/white-unit.js';
import { noSignalThreshold } from '../death/no-signal-law.js';
import { squaredError } from '../squared-error.js';
import { firstCrossing, flowAt, meanFieldFlow } from './mean-field-flow.js';
import { plateauEscapeTime } from './plateau-escape.js';

/** b/|w| of weights (along v, across, bias). */
const thresholdOf = (weights: Float64Array) => weights[2] / Math.hypot(weights[0], weights[1]);

describe('the mean-field flow', () => {
  it('fades without a signal by the law with erfi, to 1e-6', () => {
    const { unit, start } = referenceTrajectory('S6');
    const times = [0, 0.1, 1, 10, 20, 100, 1e3, 1e4, 1e6];
    for (const { time, weights } of flowAt(meanFieldFlow(unit, start, 1e6), start, times)) {
      expect(Math.abs(thresholdOf(weights) - noSignalThreshold(0, time))).toBeLessThan(1e-6);
    }
  });

  it.each(reference.plateau)(
    'leaves the plateau as the reference does, |w| = $norm, π − θ = $deviation',
    (expected) => {
      const unit = whiteUnit([1, 0], false);
      const angle = Math.PI - expected.deviation;
      const start = Float64Array.of(expected.norm * Math.cos(angle), expected.norm * Math.sin(angle));
      const crossing = firstCrossing(meanFieldFlow(unit, start, 100), start, (weights) => weights[0]);
      expect(Math.abs(crossing!.time / expected.time - 1)).toBeLessThan(1e-6);
      const formula = plateauEscapeTime(expected.deviation, expected.norm, 1);
      expect(Math.abs(formula / expected.formula - 1)).toBeLessThan(1e-12);
      expect(Math.abs(formula / expected.time - 1)).toBeLessThan(0.1 * expected.deviation);
    },
  );

  it('never raises the squared error of backprop', () => {
    const unit = whiteUnit([1, 0, -1], true);
    const start = Float64Array.of(-0.8, 0.9, 0.4);
    let before = squaredError(unit, start).excess;
    for (const step of meanFieldFlow(unit, start, 300)) {
      const { excess } = squaredError(unit, step.stateAt(step.end));
      expect(excess).toBeLessThanOrEqual(before * (1 + 1e-12));
      before = excess;
    }
  });

  it('never crosses where nothing happens', () => {
    const { unit, start } = referenceTrajectory('S6');
    expect(firstCrossing(meanFieldFlow(unit, start, 10), start, ([along]) => along)).toBeUndefined();
  });
});

describe('units that seem dead, over long times', () => {
  const unit = whiteUnit(reference.revival.teacherWeights, true);
  const startOf = ({ rho, a }: { rho: number; a: number }) => Float64Array.of(rho, Math.sqrt(1 - rho * rho), a);

  it.each(reference.revival.starts.filter(({ revivedAt }) => revivedAt))(
    'revives from ρ = $rho, a = $a',
    (expected) => {
      const start = startOf(expected);
      let lowest = 0;
      const watched = function* () {
        for (const step of meanFieldFlow(unit, start, 1e6)) {
          lowest = Math.min(lowest, thresholdOf(step.stateAt(step.end)));
          yield step;
        }
      };
      const revival = firstCrossing(watched(), start, (weights) => thresholdOf(weights) + 1);
      expect(Math.abs(revival!.time / expected.revivedAt! - 1)).toBeLessThan(0.005);
      if (expected.lowest) expect(lowest).toBeCloseTo(expected.lowest, 2);
    },
  );

  it.each(reference.revival.starts.filter(({ times }) => times))('stays dead from ρ = $rho, a = $a', (expected) => {
    const start = startOf(expected);
    flowAt(meanFieldFlow(unit, start, 1e7), start, expected.times!).forEach(({ weights }, i) => {
      expect(Math.abs(thresholdOf(weights) - expected.thresholds![i])).toBeLessThan(6e-4);
      expect(Math.abs(weights[0] / Math.hypot(weights[0], weights[1]) - expected.overlaps![i])).toBeLessThan(6e-4);
    });
  });

  it.each(reference.attraction.starts)('is drawn to the dead set by a linear teacher, from $weights', (expected) => {
    const { teacherWeights, times } = reference.attraction;
    const linear = whiteUnit(teacherWeights, true, {
      teacher: { kind: 'linear', weights: Float64Array.from(teacherWeights) },
    });
    const start = Float64Array.from(expected.weights);
    flowAt(meanFieldFlow(linear, start, times.at(-1)!), start, times).forEach(({ weights }, i) => {
      expect(Math.abs(thresholdOf(weights) - expected.thresholds[i])).toBeLessThan(6e-4);
      const distance = Math.hypot(...weights.map((weight, j) => weight - teacherWeights[j]));
      expect(Math.abs(distance - expected.distances[i])).toBeLessThan(6e-4);
    });
  });
});
