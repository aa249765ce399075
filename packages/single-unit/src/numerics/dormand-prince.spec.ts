import { ReluctantError } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { dormandPrince, type DenseStep, type Derivative } from './dormand-prince.js';

const tight = { relative: 1e-10, absolute: 1e-12 };

function steps(derivative: Derivative, state: number[], end: number, tolerances = tight): DenseStep[] {
  return [...dormandPrince(derivative, { time: 0, state: Float64Array.from(state) }, end, tolerances)];
}

const oscillator: Derivative = (_, [position, velocity], slope) => {
  slope[0] = velocity;
  slope[1] = -position;
};

describe('dormandPrince', () => {
  it('follows an oscillator at the ends of its steps and within them', () => {
    for (const step of steps(oscillator, [1, 0], 20)) {
      for (const share of [0, 0.3, 0.5, 0.9, 1]) {
        const time = step.start + share * (step.end - step.start);
        const [position, velocity] = step.stateAt(time);
        expect(Math.abs(position - Math.cos(time))).toBeLessThan(1e-8);
        expect(Math.abs(velocity + Math.sin(time))).toBeLessThan(1e-8);
      }
    }
  });

  it('ends exactly where it is told to, without gaps between its steps', () => {
    const all = steps(oscillator, [1, 0], 20);
    expect(all.at(-1)?.end).toBe(20);
    all.forEach((step, i) => expect(step.start).toBe(i === 0 ? 0 : all[i - 1].end));
  });

  it('takes time into account', () => {
    const last = steps((time, _, slope) => slope.fill(5 * time ** 4), [0], 2).at(-1);
    expect(last?.stateAt(2)[0]).toBeCloseTo(32, 10);
  });

  it('has a global error that falls as its tolerance does', () => {
    const errorAt = (relative: number) => {
      const all = steps((_, [y], slope) => slope.fill(-y * y), [1], 9, { relative, absolute: 0 });
      return { error: Math.abs((all.at(-1)?.stateAt(9)[0] ?? NaN) - 0.1), count: all.length };
    };
    const [coarse, fine] = [errorAt(1e-5), errorAt(1e-10)];
    expect(coarse.error).toBeLessThan(1e-5);
    expect(fine.error).toBeLessThan(1e-10);
    // Of order 5: 1e5 times the accuracy for about 10 times the steps.
    expect(fine.count / coarse.count).toBeGreaterThan(4);
    expect(fine.count / coarse.count).toBeLessThan(15);
  });

  it('lengthens its steps where nothing happens', () => {
    const all = steps((_, [y], slope) => slope.fill(-y * y), [1], 1e9, { relative: 1e-10, absolute: 1e-20 });
    expect(all.length).toBeLessThan(1e3);
    expect((all.at(-1)?.stateAt(1e9)[0] ?? NaN) * (1 + 1e9)).toBeCloseTo(1, 6);
  });

  it('goes on for as long as it is asked', () => {
    for (const step of dormandPrince(oscillator, { time: 0, state: Float64Array.of(1, 0) }, Infinity, tight)) {
      if (step.end > 5) break;
    }
  });

  it('says where a solution ends', () => {
    try {
      steps((_, [y], slope) => slope.fill(y * y), [1], 2);
      expect.unreachable();
    } catch (error) {
      expect(ReluctantError.is(error) && error.code).toBe('RUN_DIVERGED');
    }
  });
});
