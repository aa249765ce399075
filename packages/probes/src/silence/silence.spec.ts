import type { Reading, TapSample } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from '../testing/outputs-of.js';
import { silence } from './silence.js';

const UNITS = 3;

/** Training windows that end at the given steps; which units fired in each. */
const samplesOf = (windows: readonly (readonly [step: number, fired: readonly number[]])[]): TapSample[] =>
  windows.map(([step, fired]) => denseSample(10, { fired: Float64Array.from(fired) }, { on: 'training-step', step }));

const readingsOf = (samples: readonly TapSample[], options: object = {}) =>
  outputsOf(silence, samples, [denseSite(UNITS)], options) as unknown as readonly Reading[];

describe('silence', () => {
  it('counts from the window in which a unit last fired, and from step 0 where it never has', () => {
    const windows = samplesOf([
      [100, [1, 0, 5]],
      [200, [0, 0, 5]],
      [250, [0, 0, 1]],
      [300, [2, 0, 0]],
    ]);
    const readings = readingsOf(windows, { window: 150 });
    expect(readings.map(({ step, units }) => [step, units.stepsSilent, units.silent])).toEqual([
      [100, [0, 100, 0], [0, 0, 0]],
      [200, [100, 200, 0], [0, 1, 0]],
      [250, [150, 250, 0], [1, 1, 0]],
      [300, [0, 300, 50], [0, 1, 0]],
    ]);
    expect(readings.map(({ layer }) => layer)).toEqual([
      { silent: 0, window: 150, granularity: 100 },
      { silent: 1, window: 150, granularity: 100 },
      { silent: 2, window: 150, granularity: 50 },
      { silent: 1, window: 150, granularity: 50 },
    ]);
  });

  it('never says that a unit has been silent for longer than it has, and too little by less than a window', () => {
    const firings = fc.array(fc.array(fc.integer({ min: 0, max: 39 }), { maxLength: 3 }), {
      minLength: UNITS,
      maxLength: UNITS,
    });
    const ends = fc
      .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
      .map((steps) => steps.sort((a, b) => a - b));
    fc.assert(
      fc.property(firings, ends, fc.integer({ min: 1, max: 20 }), (stepsOfUnits, steps, window) => {
        // A unit that fires in the training step from t to t + 1 fires in the window that holds that step.
        const windows = steps.map((end, index) => {
          const start = index === 0 ? 0 : steps[index - 1];
          return [end, stepsOfUnits.map((fired) => fired.filter((t) => t >= start && t < end).length)] as const;
        });
        readingsOf(samplesOf(windows), { window }).forEach(({ step, units }, index) => {
          const longest = Math.max(...steps.slice(0, index + 1).map((end, i) => end - (steps[i - 1] ?? 0)));
          stepsOfUnits.forEach((fired, unit) => {
            const last = Math.max(0, ...fired.filter((t) => t < step).map((t) => t + 1));
            const truth = step - last;
            expect(units.stepsSilent[unit]).toBeLessThanOrEqual(truth);
            expect(units.stepsSilent[unit]).toBeGreaterThan(truth - longest);
            if (units.silent[unit]) expect(truth).toBeGreaterThanOrEqual(window);
            expect(units.silent[unit]).toBe(Number(units.stepsSilent[unit] >= window));
          });
        });
      }),
    );
  });

  it('listens to training batches alone', () => {
    const [probeSplit] = samplesOf([[100, [0, 0, 0]]]).map((sample) => ({ ...sample, on: 'probe-split' as const }));
    expect(readingsOf([probeSplit])).toEqual([]);
    expect(silence.taps([denseSite(UNITS)], silence.options.parse({}) as never)).toEqual([
      { site: 'relu', at: 'activation', statistics: ['fired'], on: 'training-step' },
    ]);
  });
});
