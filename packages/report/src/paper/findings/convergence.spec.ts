import { describe, expect, it } from 'vitest';
import { plainSites, plantedRun, plantedStudy, RULE } from '../samples/planted-study.js';
import type { Arm, TrainedRun } from '../study-results.js';
import { armConvergences, convergenceOf } from './convergence.js';

/** One site whose Pr[y>0] is given at the end of each epoch from 0 on. */
function run(activation: readonly number[], losses: readonly number[], more: Partial<TrainedRun> = {}): TrainedRun {
  return {
    ...plantedRun({ label: 'run', sites: plainSites(1), activation: () => 0.5 }, 1),
    course: activation.map((value, epoch) => ({ epoch, activation: [value], neverFired: [0] })),
    losses: losses.map((loss, index) => ({ epoch: index + 1, loss })),
    ...more,
  };
}

describe('convergenceOf', () => {
  it('looks at the last epochs alone', () => {
    expect(convergenceOf(run([0.9, 0.3, 0.28, 0.29], [2, 1, 0.5]), RULE)).toEqual({
      activationRange: expect.closeTo(0.02, 12),
      lossRange: 0.75,
      byActivation: true,
      byLoss: false,
      converged: true,
    });
    expect(convergenceOf(run([0.9, 0.33, 0.28, 0.29], [2, 1, 0.5]), RULE).converged).toBe(false);
  });

  it('takes a loss that stays as convergence, by the size of the first', () => {
    expect(convergenceOf(run([0.9, 0.5, 0.4, 0.3], [2, 0.1, 0.05]), RULE)).toMatchObject({ byActivation: false, byLoss: false, converged: false }); // prettier-ignore
    expect(convergenceOf(run([0.9, 0.7, 0.5, 0.4, 0.3], [2, 0.1, 0.05, 0.02]), RULE)).toMatchObject({ byActivation: false, byLoss: true, converged: true }); // prettier-ignore
  });

  it('asks it of every site', () => {
    const course = [0, 1, 2, 3].map((epoch) => ({ epoch, activation: [0.3, 0.3 - 0.1 * epoch], neverFired: [0, 0] }));
    expect(convergenceOf(run([], [2, 1, 0.5], { sites: plainSites(2), course }), RULE).byActivation).toBe(false);
  });

  it('is never so of a run that is too short, or that diverged', () => {
    expect(convergenceOf(run([0.3, 0.3], [2]), RULE)).toMatchObject({ activationRange: null, lossRange: null, converged: false }); // prettier-ignore
    expect(convergenceOf(run([0.3, 0.3, 0.3, 0.3], [2, 2, 2], { status: 'diverged' }), RULE).converged).toBe(false);
  });
});

describe('armConvergences', () => {
  it('lists runs once, also where an arm has but some of those of another', () => {
    const study = plantedStudy();
    const [{ runs }] = study.networks as [Arm];
    const fewer = { label: 'rate', arms: [{ label: '0.01', runs: runs.slice(0, 2) }] };
    const listed = armConvergences({ ...study, factors: [fewer, ...study.factors] });
    expect(listed.map(({ label }) => label)).toEqual([
      'plain',
      'residual',
      'residual, with skips',
      'residual, without skips',
      'plain, orthogonal',
      'learning rate, 1',
    ]);
    expect(listed.at(-1)).toMatchObject({ runs: 4, diverged: 4, converged: 0, activationRange: null });
    expect(listed[0]).toMatchObject({ runs: 4, diverged: 0, byActivation: 4, converged: 4 });
  });
});
