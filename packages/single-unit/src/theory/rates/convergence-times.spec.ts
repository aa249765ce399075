import { normalQuantile, quantile, Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-initializations.json' with { type: 'json' };
import { whiteUnit } from '../../testing/white-unit.js';
import { planarModel } from '../evolution/planar-model.js';
import { convergenceTimes } from './convergence-times.js';
import { whiteBiasRates } from './white-bias-rates.js';

const INPUTS = 8;
const SHARES = [1e-1, 1e-2, 1e-3, 1e-5];

/** Times from Gaussian weights, of those starts that get to −50 dB by 60 slow time constants. */
function study(p: number, variance: number, bias: number, draws: number) {
  const a = normalQuantile(p);
  const { slow } = whiteBiasRates(a);
  const model = planarModel(whiteUnit([1, 0, a], true), true);
  const runs = Array.from({ length: draws }, (_, draw) => {
    const random = new Random(4, draw);
    const weights = Float64Array.from({ length: INPUTS }, () => Math.sqrt(variance) * random.normal());
    const across = Math.hypot(...weights.subarray(1));
    return convergenceTimes(model, Float64Array.of(weights[0], across, bias), SHARES, 60 / slow);
  });
  const converged = runs.filter((times): times is number[] => times[3] !== undefined);
  return { slow, converged, stuck: (draws - converged.length) / draws };
}

describe('convergence from random starts', () => {
  it.each(reference.studies)('takes as long as in the reference at Pr[t>0] = $p from $name', (expected) => {
    const { slow, converged, stuck } = study(expected.p, expected.scale / INPUTS, expected.bias, expected.draws);
    const medians = SHARES.map((_, i) =>
      quantile(
        converged.map((times) => times[i]),
        0.5,
      ),
    );
    // Other draws than the reference's: within what a median of so many varies, where starts matter.
    medians.forEach((median, i) =>
      expect(Math.abs(Math.log(median / expected.medians[i]))).toBeLessThan(expected.spread),
    );
    expect(Math.abs(stuck - expected.stuck)).toBeLessThan(0.25);
    // Between −30 and −50 dB the error falls by e² in a time constant of the slow rate, wherever it started.
    const rates = converged.map((times) => Math.log(100) / (times[3] - times[2]) / (2 * slow));
    expect(quantile(rates, 0.5)).toBeGreaterThan(0.93);
    expect(quantile(rates, 0.5)).toBeLessThan(expected.p > 0.2 ? 1.08 : 1.06);
  });
});

describe('convergenceTimes', () => {
  const unit = whiteUnit([1, 0, 0], true);

  it('are 0 for what is reached at the start, and undefined for what is not reached', () => {
    expect(convergenceTimes(unit, unit.teacher.weights, [0.1, 1e-9], 10)).toEqual([0, 0]);
    const [first, second] = convergenceTimes(unit, Float64Array.of(0, 1, 0), [0.9, 1e-9], 10);
    expect(first).toBeGreaterThan(0);
    expect(second).toBeUndefined();
  });

  it('are those of a single exponential without a bias, near the optimum', () => {
    const plain = whiteUnit([1, 0], false);
    const [first, second] = convergenceTimes(plain, Float64Array.of(1.001, 0), [1e-7, 1e-9], 1e3);
    expect(second! - first!).toBeCloseTo(Math.log(100), 2);
  });
});
