import { normalQuantile } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dormandPrince } from '../../numerics/dormand-prince.js';
import { normalDensity } from '../../numerics/normal.js';
import reference from '../../testing/reference-no-signal.json' with { type: 'json' };
import { noSignalShrinkage, noSignalThreshold, noSignalTime } from './no-signal-law.js';

const threshold = fc.double({ min: -6, max: 6, noNaN: true });

describe('the law of a unit without a signal', () => {
  it.each(reference.hittingTimes)('takes μk = $time from a = $start to Pr[y>0] = $activation', (expected) => {
    const time = noSignalTime(expected.start, normalQuantile(expected.activation));
    expect(Math.abs(time / expected.time - 1)).toBeLessThan(1e-9);
  });

  it('is the solution of da/d(μk) = −φ(a)', () => {
    const start = { time: 0, state: Float64Array.of(1.5) };
    const fall = (_: number, [a]: Float64Array, slope: Float64Array) => slope.fill(-normalDensity(a));
    for (const step of dormandPrince(fall, start, 1e6, { relative: 1e-11, absolute: 1e-12 })) {
      expect(Math.abs(step.stateAt(step.end)[0] - noSignalThreshold(1.5, step.end))).toBeLessThan(1e-8);
    }
  });

  it('gives back the time', () => {
    fc.assert(
      fc.property(threshold, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (start, time) => {
        const end = noSignalThreshold(start, time);
        expect(end).toBeLessThan(start);
        // The time is what is left of a difference of ∫1/φ, which is large where the start lies far out.
        const scale = Math.abs(noSignalTime(start, 0)) + time;
        expect(Math.abs(noSignalTime(start, end) - time)).toBeLessThan(1e-13 * scale * (1 + end * end + start * start));
      }),
    );
  });

  it('shrinks the weights as ∫Φ/φ says', () => {
    // Without a closed form: by additivity, and by its slope at 0, which is √(π/2).
    expect(noSignalShrinkage(2, -3)).toBeCloseTo(noSignalShrinkage(2, 0.3) + noSignalShrinkage(0.3, -3), 10);
    expect(noSignalShrinkage(5e-5, -5e-5) / -1e-4).toBeCloseTo(Math.sqrt(Math.PI / 2), 8);
    expect(noSignalShrinkage(1, 1)).toBe(0);
  });
});
