import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../probe/probe.js';
import { denseSample } from '../testing/fakes/dense-sample.js';
import { flagUnits } from './flag-units.js';
import { isConstant } from './is-constant.js';
import { silentSteps } from './silent-steps.js';

const options = { epsilon: 0.01, tau: 0.025 };
const counts = (...values: readonly number[]) => Float64Array.from(values);
const trained = (step: number, ...fired: readonly number[]) =>
  denseSample(20, { fired: counts(...fired) }, { on: 'training-step', step, epoch: step / 10 });

const reading = (more: Partial<Reading>): Reading => ({
  probe: 'certified-dead',
  site: 'relu',
  on: 'probe-split',
  step: 0,
  epoch: 0,
  images: 10,
  units: { certifiedDead: [1, 0] },
  layer: {},
  ...more,
});

describe('flagUnits', () => {
  it('leaves out what the record can not judge', () => {
    const of = (values: object) =>
      Object.keys(flagUnits({ activation: denseSample(10, values), training: [], readings: [] }, options));
    expect(of({ fired: counts(0, 1) })).toEqual(['never-fired', 'nearly-dead']);
    expect(of({ sumAbs: counts(0, 1) })).toEqual(['dormant']);
    expect(of({})).toEqual([]);
  });

  it('takes the flags of other probes at this measurement, from the series that they belong to', () => {
    const activation = denseSample(10, { fired: counts(0, 1) }, { step: 30, epoch: 3 });
    const flagsOf = (...readings: readonly Reading[]) => flagUnits({ activation, training: [], readings }, options);
    const gradient = { probe: 'gradient', on: 'training-step', units: { gradientDead: [0, 1] } } as const;
    expect(flagsOf(reading({ step: 30 }), reading({ ...gradient, step: 30 }))).toMatchObject({
      'certified-dead': [true, false],
      'gradient-dead': [false, true],
    });
    for (const other of [
      reading({ step: 20 }),
      reading({ step: 30, site: 'other' }),
      reading({ step: 30, units: { upper: [0, 1] } }),
      reading({ ...gradient, step: 30, on: 'probe-split' }),
    ]) {
      expect(Object.keys(flagsOf(other))).toEqual(['never-fired', 'nearly-dead']);
    }
  });

  it('calls silent what fired in none of the last training steps, by default those of the last window', () => {
    const activation = denseSample(10, { fired: counts(0, 0, 0, 0) }, { step: 30, epoch: 3 });
    // Last fired by step: never, 10, 20, 30.
    const training = [trained(10, 0, 4, 1, 1), trained(20, 0, 0, 1, 1), trained(30, 0, 0, 0, 1)];
    const silent = (window?: number) =>
      flagUnits({ activation, training, readings: [] }, { ...options, window }).silent;
    expect(silent()).toEqual([true, true, true, false]);
    expect(silent(11)).toEqual([true, true, false, false]);
    expect(silent(20)).toEqual([true, true, false, false]);
    expect(silent(21)).toEqual([true, false, false, false]);
    expect(silent(31)).toEqual([false, false, false, false]);
  });
});

describe('silentSteps', () => {
  it('knows nothing where no window ends with the measurement, and nothing of an untrained network', () => {
    expect(silentSteps([trained(10, 1)], 15)).toBeUndefined();
    expect(silentSteps([], 0)).toBeUndefined();
    expect(silentSteps([denseSample(5, { sum: counts(1) }, { on: 'training-step', step: 10 })], 10)).toBeUndefined();
  });

  it('looks back from the measurement, not at what came after', () => {
    expect(silentSteps([trained(10, 0), trained(20, 5)], 10)).toEqual({ steps: [10], window: 10 });
  });

  it('never says silent for longer than the unit was', () => {
    const run = fc.array(fc.record({ steps: fc.integer({ min: 1, max: 4 }), seed: fc.nat() }), { minLength: 1 });
    fc.assert(
      fc.property(run, (windows) => {
        let step = 0;
        let lastFired = 0;
        const training = windows.map(({ steps, seed }) => {
          let fired = 0;
          for (let i = 0; i < steps; i++) {
            step++;
            if (((seed >> i) & 3) !== 0) continue;
            fired++;
            lastFired = step;
          }
          return trained(step, fired);
        });
        const { steps, window } = silentSteps(training, step)!;
        expect(steps[0]).toBeLessThanOrEqual(step - lastFired);
        if (steps[0] >= window) expect(step - lastFired).toBeGreaterThanOrEqual(window);
        expect(window).toBe(windows.at(-1)!.steps);
      }),
    );
  });
});

describe('isConstant', () => {
  it('tells a unit that never fired or always gives the same from one that varies', () => {
    const sample = denseSample(4, {
      fired: counts(0, 4, 4, 3),
      sum: counts(0, 2, 2.1, 1.5),
      max: counts(0, 0.5, 0.6, 0.5),
    });
    expect(isConstant(sample)).toEqual([true, true, false, false]);
  });

  it('takes rounding of float32 sums for none, and says nothing without the maximum', () => {
    const sum = Array.from({ length: 10_000 }).reduce<number>((total) => Math.fround(total + Math.fround(0.1)), 0);
    expect(Math.abs(sum / 10_000 / Math.fround(0.1) - 1)).toBeGreaterThan(1e-6);
    const always = counts(10_000);
    const max = counts(Math.fround(0.1));
    expect(isConstant(denseSample(10_000, { fired: always, sum: counts(sum), max }))).toEqual([true]);
    expect(isConstant(denseSample(10_000, { fired: always, sum: counts(sum) }))).toBeUndefined();
  });
});
