import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from '../testing/outputs-of.js';
import { residualSites } from '../testing/residual-sites.js';
import { deadUnits, deadUnitsOptions } from './dead-units.js';

const readingOf = (images: number, fired: readonly number[], options: object = {}) => {
  const counts = Float64Array.from(fired);
  const sample = denseSample(images, { fired: counts, imagesFired: counts });
  const [output] = outputsOf(deadUnits, [sample], [denseSite(fired.length)], options);
  if (output.type !== 'probe.reading') throw new Error('not a reading');
  return output;
};

describe('dead-units', () => {
  it('counts a unit that never fired among the nearly dead, and one at ε not', () => {
    expect(readingOf(1000, [0, 9, 10, 1000])).toMatchObject({
      units: { neverFired: [1, 0, 0, 0], nearlyDead: [1, 1, 0, 0] },
      layer: { neverFired: 1, nearlyDead: 2, units: 4, epsilon: 0.01, confidence: 0.95 },
    });
    expect(readingOf(1000, [0, 9, 10, 1000], { epsilon: 1 }).layer.nearlyDead).toBe(3);
  });

  it.each([
    [100, 0.02951],
    [1_000, 0.0029912],
    [10_000, 2.9953e-4],
    [50_000, 5.9913e-5],
  ])('says what silence on %i images proves: at most %f', (images, published) => {
    const { units, layer } = readingOf(images, [0]);
    expect(Math.abs(layer.neverFiredUpper / published - 1)).toBeLessThan(2e-4);
    expect(units.imageFireUpper).toEqual([layer.neverFiredUpper]);
  });

  it('bounds Pr[unit fires on an image] from images, not from positions', () => {
    const conv = { ...denseSite(1), kind: 'conv', positions: 64 } as const;
    const sample = denseSample(100, { fired: Float64Array.of(0), imagesFired: Float64Array.of(0) });
    const [output] = outputsOf(deadUnits, [{ ...sample, elements: 6400 }], [conv]);
    expect(output).toMatchObject({ units: { imageFireUpper: [expect.closeTo(0.02951, 4)] } });
  });

  it('never counts fewer nearly dead units than silent ones, and more with a larger ε', () => {
    const layer = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1 });
    const epsilon = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(layer, epsilon, epsilon, (fired, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        const strict = readingOf(500, fired, { epsilon: small }).layer;
        const lenient = readingOf(500, fired, { epsilon: large }).layer;
        expect(strict.nearlyDead).toBeGreaterThanOrEqual(strict.neverFired);
        expect(lenient.nearlyDead).toBeGreaterThanOrEqual(strict.nearlyDead);
        expect(lenient.neverFired).toBe(strict.neverFired);
      }),
    );
  });

  it('bounds what was seen from above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (fired) => {
        const bound = readingOf(300, [fired]).units.imageFireUpper[0];
        expect(bound).toBeGreaterThanOrEqual(fired / 300);
        expect(bound).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not call a healthy layer of sparse units sick', () => {
    const { layer } = readingOf(
      1000,
      Array.from({ length: 64 }, (_, unit) => 100 + unit),
    );
    expect([layer.neverFired, layer.nearlyDead]).toEqual([0, 0]);
  });

  it('is measured on the probe split only', () => {
    const taps = deadUnits.taps(residualSites, deadUnitsOptions.parse({}));
    expect(new Set(taps.map((tap) => tap.on))).toEqual(new Set(['probe-split']));
  });

  it('refuses an ε under which nothing is ever nearly dead', () => {
    expect(deadUnitsOptions.safeParse({ epsilon: 0 }).success).toBe(false);
  });
});
