import { describe, expect, it } from 'vitest';
import type { SimulationSeries } from './simulation-series.js';
import { theoryDeviation, theoryDeviations } from './theory-deviation.js';
import type { TheorySeries } from './theory-series.js';

const axis = { label: 'updates', values: [0, 1, 2, 3] };
const curve: SimulationSeries = {
  name: 'p',
  group: 'he',
  axis,
  mean: [0.5, 0.4, 0.3, 0.2],
  lower: [0.5, 0.38, 0.28, 0.18],
  upper: [0.5, 0.42, 0.32, 0.22],
  band: '95 %',
  trials: 100,
  standardError: [0, 0.01, 0.01, 0.01],
};
const theory = (values: readonly number[], changes: Partial<TheorySeries> = {}): TheorySeries => {
  return { name: 'p', group: 'he', theory: 'C2', axis, values, ...changes };
};

describe('the deviation of theory', () => {
  it('is told where it is largest, in standard errors with its sign', () => {
    const { outside, largest, compared } = theoryDeviation(theory([0.5, 0.41, 0.27, 0.21]), curve);
    expect(compared).toBe(4);
    expect(outside).toEqual([{ x: 2, value: 0.27 }]);
    expect(largest).toEqual({ x: 2, standardErrors: expect.closeTo(-3, 9), difference: expect.closeTo(-0.03, 9) });
  });

  it('is nothing where all trials agree and theory rounds differently, and infinite where it differs', () => {
    const same = theoryDeviation(theory([0.5 * (1 + 1e-12), 0.4, 0.3, 0.2]), curve);
    expect(same.outside).toEqual([]);
    expect(same.largest?.standardErrors).toBe(0);
    expect(theoryDeviation(theory([0.6, 0.4, 0.3, 0.2]), curve).largest).toMatchObject({
      x: 0,
      standardErrors: Infinity,
    });
  });

  it('is measured at common places with finite values only, and without standard errors by the band alone', () => {
    const other = { label: 'updates', values: [1, 1.5, 3, 4] };
    const { standardError: _, ...without } = curve;
    const deviation = theoryDeviation(theory([0.5, 9, NaN, 9], { axis: other }), without);
    expect(deviation).toMatchObject({ compared: 1, outside: [{ x: 1, value: 0.5 }] });
    expect(deviation).not.toHaveProperty('largest');
  });

  it('is told of every theory that has its simulated curve', () => {
    const all = [theory([1, 1, 1, 1]), theory([1, 1, 1, 1], { group: 'xavier' }), theory([1], { theory: 'C0' })];
    expect(theoryDeviations(all, [curve]).map((deviation) => deviation.theory)).toEqual(['C2', 'C0']);
  });
});
