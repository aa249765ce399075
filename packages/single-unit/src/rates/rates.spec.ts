import type { EventBody, SimulationBody } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fallTime, timeConstantBetween } from './measured-rate.js';
import { powerLaw } from './power-law.js';
import { ratesOptionsSchema } from './rates-options.js';
import { singleUnitRates } from './rates-simulation.js';

interface Result {
  readonly p: number[];
  readonly lambda: Record<'slow' | 'orthogonal' | 'fast', number[]>;
  readonly timeConstant: Record<'slow' | 'orthogonal' | 'fast' | 'atStepSize', number[]>;
  readonly stepSizeBound: number[];
  readonly measured: {
    meanField: (number | null)[];
    simulated: ({ value: number; lower: number; upper: number } | null)[];
  };
  readonly exponent: { theory: number; simulated: { value: number; lower: number; upper: number } | null };
}

async function rates(options: object) {
  const bodies: SimulationBody[] = [];
  await singleUnitRates.simulate(ratesOptionsSchema.parse(options), { seed: 1, publish: (body) => bodies.push(body) });
  const of = <T extends EventBody['type']>(type: T) =>
    bodies.filter((body): body is Extract<SimulationBody, { type: T }> => body.type === type);
  return {
    result: of('simulation.result')[0].result as unknown as Result,
    curves: of('simulation.sampled').map(({ series }) => series),
    theories: of('simulation.predicted').map(({ series }) => `${series.group}: ${series.theory}`),
    notes: of('simulation.noted').map(({ note }) => note),
  };
}

describe('single-unit-rates', () => {
  it('measures what theory predicts near the optimum, in the mean field and in the simulation', async () => {
    const { result, curves, theories } = await rates({ probabilities: [0.2, 0.1], trials: 32, stepSize: 0.01 });
    expect(result.p).toEqual([0.1, 0.2]);
    // Eigenvalues by an independent implementation.
    expect(result.lambda.slow[0]).toBeCloseTo(4.0185e-3, 7);
    expect(result.lambda.orthogonal[0]).toBeCloseTo(0.1, 12);
    expect(result.timeConstant.slow[1]).toBeCloseTo(1 / (0.01 * 1.4071e-2), -1);
    result.p.forEach((_, at) => {
      const theory = result.timeConstant.slow[at];
      const simulated = result.measured.simulated[at]!;
      for (const measured of [result.measured.meanField[at]!, simulated.value]) {
        expect(theory / measured).toBeGreaterThan(0.93);
        expect(theory / measured).toBeLessThan(1.06);
      }
      expect(simulated.lower).toBeLessThan(simulated.value);
    });
    expect(result.exponent.theory).toBeCloseTo(Math.log(1.4071e-2 / 4.0185e-3) / -Math.log(2), 3);
    expect(curves[0].axis.values).toEqual([0.1, 0.2]);
    expect(theories.at(-1)).toBe('slow, λ−: mean field, −30 to −50 dB');
  });

  it('knows without simulating, and warns beyond the stability bound', async () => {
    const { result, curves, notes } = await rates({ probabilities: [0.5, 0.1], trials: 0, stepSize: 0.18 });
    expect(curves).toEqual([]);
    expect(result.measured.simulated).toEqual([null, null]);
    expect(result.exponent.simulated).toBeNull();
    // 8 inputs: bounds 0.156 at 0.1 and 0.185 at 0.5.
    expect(result.stepSizeBound.map((bound) => Math.round(1000 * bound) / 1000)).toEqual([0.156, 0.185]);
    expect(result.timeConstant.atStepSize).toEqual([Infinity, expect.any(Number)]);
    expect(notes.filter(({ severity }) => severity === 'warning')).toHaveLength(1);
  });

  it('says where steps are too large for the mean field', async () => {
    const { result, notes } = await rates({ probabilities: [0.5, 0.3], trials: 256, stepSize: 0.04 });
    const [, { upper }] = result.measured.simulated as { upper: number }[];
    expect(result.measured.meanField[1]).toBeGreaterThan(upper);
    expect(notes.map(({ text }) => text).join()).toMatch(/At Pr\[y>0\] = 0.5 the mean field lies outside .* 21.6 % of/);
  });

  it('says from where a unit does not arrive', async () => {
    const { result, notes } = await rates({ probabilities: [0.2, 0.1], trials: 0, start: { overlap: -0.9, norm: 2 } });
    expect(result.measured.meanField).toEqual([null, null]);
    expect(notes.some(({ text }) => text.includes('does not come within −50 dB at Pr[y>0] = 0.1, 0.2'))).toBe(true);
  });

  it('refuses too few trials for batches', () => {
    const { error } = ratesOptionsSchema.safeParse({ trials: 5, inputs: 1 });
    expect(error!.issues.map(({ path }) => path.join('.'))).toEqual(['trials', 'start.overlap']);
  });

  it.each(['zero', 'none'])('refuses the teacher %s, which leaves no optimum', (teacher) => {
    const { error } = ratesOptionsSchema.safeParse({ teacher });
    expect(error!.issues).toMatchObject([{ path: ['teacher'], message: expect.stringContaining('no optimum') }]);
  });

  it('refuses rules by which a linear teacher can not be learnt', () => {
    for (const rule of ['lms', 'surrogate']) {
      const { error } = ratesOptionsSchema.safeParse({ teacher: 'linear', rule });
      expect(error!.issues).toMatchObject([{ path: ['rule'], message: expect.stringContaining(rule) }]);
    }
    expect(ratesOptionsSchema.safeParse({ teacher: 'linear' }).success).toBe(true);
  });
});

describe('measuring', () => {
  it('finds the time constant of an exponential on any grid', () => {
    const times = Array.from({ length: 40 }, (_, i) => 3 * i);
    const values = times.map((time) => Math.exp(-time / 7));
    const [early, late] = [1e-3, 1e-5].map((level) => fallTime(times, values, level)!);
    // The excess error falls with half the time constant of the weights.
    expect(timeConstantBetween([early, late])).toBeCloseTo(14, 9);
    expect(fallTime(times, values, 1e-9)).toBeUndefined();
    expect(fallTime([0, 1], [1, 0], 0.5)).toBe(1);
  });

  it('finds the exponent of a power law, and its error', () => {
    const exponent = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(exponent, (power) => {
        const points = [0.01, 0.1, 0.3, 1].map((x) => [x, 3 * x ** power] as const);
        expect(powerLaw(points).exponent).toBeCloseTo(power, 9);
        const { standardError } = powerLaw(points.slice(0, 2), [0.1, 0.1]);
        expect(standardError).toBeCloseTo((0.1 * Math.SQRT2) / Math.log(10), 12);
      }),
    );
  });
});
