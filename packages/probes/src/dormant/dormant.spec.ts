import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from '../testing/outputs-of.js';
import { dormant, dormantOptions } from './dormant.js';

const readingOf = (sumAbs: readonly number[], options: object = {}) => {
  const sample = denseSample(10, { sumAbs: Float64Array.from(sumAbs) });
  return outputsOf(dormant, [sample], [denseSite(sumAbs.length)], options)[0];
};

describe('dormant', () => {
  it('reproduces the worked example E|h| = [0, 1, 1, 2]', () => {
    expect(readingOf([0, 10, 10, 20])).toMatchObject({
      probe: 'dormant',
      units: {
        score: [0, expect.closeTo(1, 8), expect.closeTo(1, 8), expect.closeTo(2, 8)],
        dormant: [1, 0, 0, 0],
      },
      layer: { dormant: 1, tau: 0.025 },
    });
  });

  it('calls a firing unit dormant where it is faint beside its layer', () => {
    expect(readingOf([0.01, 100, 100])).toMatchObject({ units: { dormant: [1, 0, 0] } });
    expect(readingOf([0.01, 100, 100], { tau: 0 })).toMatchObject({ units: { dormant: [0, 0, 0] } });
  });

  it('calls every unit of a silent layer dormant, whatever τ', () => {
    expect(readingOf([0, 0], { tau: 0 })).toMatchObject({ units: { score: [0, 0] }, layer: { dormant: 2 } });
  });

  it('measures on training batches only when asked', () => {
    const series = (options: object) =>
      dormant.taps([denseSite(1)], dormantOptions.parse(options)).map((tap) => tap.on);
    expect(series({})).toEqual(['probe-split']);
    expect(series({ training: true })).toEqual(['probe-split', 'training-step']);
  });
});
