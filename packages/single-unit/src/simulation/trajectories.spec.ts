import { Random, wilsonInterval } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import type { Initialization } from '../model/initializations.js';
import { SingleUnit, type UnitModel } from './single-unit.js';
import { teacher } from './teacher.js';
import { Trajectories } from './trajectories.js';
import { updateRule } from './update-rules.js';

const OPTIONS = { grid: [0, 10], group: 'he', deadBelow: 0.2, confidence: 0.95 };

function modelOf(rest: Partial<UnitModel> = {}): UnitModel {
  return {
    teacher: teacher('relu', Float64Array.of(1, 0), 0),
    rule: updateRule('backprop', 0),
    hasBias: true,
    inputMean: 0,
    stepSize: 0.1,
    noise: 0.1,
    ...rest,
  };
}

/** Records trials that begin with weights (1, 0) and the given biases. */
function recorded(biases: readonly number[]) {
  const model = modelOf();
  const trajectories = new Trajectories(model, OPTIONS);
  biases.forEach((bias, trial) => {
    const initialize: Initialization = (weights) => {
      weights.set([1, 0]);
      return bias;
    };
    const unit = new SingleUnit(model, initialize, new Random(8, trial));
    trajectories.record(0, unit);
    unit.train(10);
    trajectories.record(1, unit);
  });
  return new Map(trajectories.series().map((series) => [series.name, series]));
}

describe('Trajectories', () => {
  it('has mean, band and number of trials of every measure', () => {
    const series = recorded([1, 2, 6]).get('b')!;
    // Mean 3, standard deviation √7, standard error √(7/3), z = 1.96.
    expect(series.mean[0]).toBeCloseTo(3, 14);
    expect(series.lower[0]).toBeCloseTo(3 - 1.959963984540054 * Math.sqrt(7 / 3), 12);
    expect(series.upper[0]).toBeCloseTo(3 + 1.959963984540054 * Math.sqrt(7 / 3), 12);
    expect(series).toMatchObject({
      group: 'he',
      axis: { label: 'updates', values: [0, 10] },
      band: '95 % confidence of the mean',
      trials: 3,
    });
  });

  it('has no band beyond what the quantity can be', () => {
    const series = recorded([-6, -6, -6, 6]);
    // Pr[y>0] is 0, 0, 0 and 1, whose mean is 0.25 ± 0.49.
    expect(series.get('Pr[y>0]')!.lower[0]).toBe(0);
    expect(series.get('Pr[y>0]')!.upper[0]).toBeCloseTo(0.25 + 1.959963984540054 * 0.25, 6);
    expect(recorded([6, 6, 6, -6]).get('Pr[y>0]')!.upper[0]).toBe(1);
    for (const name of ['|w|', 'excess squared error'])
      expect(Math.min(...series.get(name)!.lower)).toBeGreaterThanOrEqual(0);
    for (const value of series.get('overlap with the teacher')!.upper) expect(value).toBeLessThanOrEqual(1);
  });

  it('counts the trials whose unit hardly fires', () => {
    // Φ(−1) = 0.16 is below 0.2, Φ(−0.5) = 0.31 and Φ(0) are not.
    const series = recorded([-1, -0.5, 0, -3]).get('share of trials with Pr[y>0] < 0.2')!;
    const { lower, upper } = wilsonInterval(0.5, 4, 0.95);
    expect([series.mean[0], series.lower[0], series.upper[0]]).toEqual([0.5, lower, upper]);
  });

  it('has the squared error of the updates between two points, from the second point', () => {
    const series = recorded([0, 1]).get('excess squared error')!;
    expect(series.axis.values).toEqual([10]);
    expect(series.band).toBe('95 % confidence of the mean over the updates since the point before');
    expect(series.mean).toHaveLength(1);
    expect(series.lower[0]).toBeLessThan(series.mean[0]);
  });

  it('has the curves that the model has', () => {
    const names = (rest: Partial<UnitModel>) =>
      new Trajectories(modelOf(rest), OPTIONS).series().map(({ name }) => name);
    const dead = 'share of trials with Pr[y>0] < 0.2';
    const error = 'excess squared error';
    const all = ['Pr[y>0]', dead, error, '|w|', 'overlap with the teacher', 'b', 'w[0]', 'w[1]'];
    expect(names({})).toEqual(all);
    expect(names({ hasBias: false })).toEqual(all.filter((name) => name !== 'b'));
    expect(names({ teacher: teacher('zero', Float64Array.of(1, 0), 0) })).not.toContain('overlap with the teacher');
    expect(names({ teacher: teacher('relu', new Float64Array(5), 0) })).not.toContain('w[0]');
  });

  it('tells of a trial that diverged', () => {
    const model = modelOf();
    const trajectories = new Trajectories(model, OPTIONS);
    const unit = new SingleUnit(model, () => 0, new Random(1));
    trajectories.record(0, unit);
    unit.train(1);
    unit.weights.fill(1e9);
    expect(() => trajectories.record(1, unit)).toThrow(
      expect.objectContaining({ code: 'RUN_DIVERGED', message: expect.stringContaining('after 10 updates') }),
    );
    unit.weights.fill(NaN);
    expect(() => trajectories.record(1, unit)).toThrow(expect.objectContaining({ code: 'RUN_DIVERGED' }));
  });
});
