import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-death.json' with { type: 'json' };
import { referenceTrajectory } from '../../testing/reference-trajectories.js';
import { cubature } from '../evolution/cubature.js';
import { evolve } from '../evolution/evolve.js';
import { marginalDeathEstimate } from './marginal-estimate.js';

describe.each(['S5', 'S6'])('the estimate of the share of dead units in %s', (id) => {
  const { unit, start, grid } = referenceTrajectory(id);
  const points = cubature(unit, { mean: start }, grid);

  it.each(reference.marginalEstimates.filter(({ trajectory }) => trajectory === id))(
    'agrees with the reference at k = $step, Pr[y>0] < $below',
    ({ step, below, estimate, simulated }) => {
      const point = points.find((candidate) => candidate.step === step)!;
      const share = marginalDeathEstimate(point, below);
      expect(Math.abs(Math.log(share / estimate))).toBeLessThan(1e-4);
      expect(Math.abs(share - simulated)).toBeLessThan(0.05);
    },
  );
});

describe('the estimate', () => {
  it('is a step without a spread', () => {
    const { unit, start } = referenceTrajectory('S5');
    const [point] = evolve('mean-field', unit, { mean: start }, [1000]);
    expect(marginalDeathEstimate(point, point.activation * 1.001)).toBe(1);
    expect(marginalDeathEstimate(point, point.activation * 0.999)).toBe(0);
  });
});
