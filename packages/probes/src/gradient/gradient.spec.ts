import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '../testing/dense-sample.js';
import { outputsOf } from '../testing/outputs-of.js';
import { gradient } from './gradient.js';

describe('gradient', () => {
  it('tells sum, mean, size and where it is not 0', () => {
    // Unit 0: 0, 0, 0, 4. Unit 1: 1, −1, 3, −3.
    const values = {
      fired: Float64Array.of(1, 4),
      sum: Float64Array.of(4, 0),
      sumSquares: Float64Array.of(16, 20),
    };
    const sample = denseSample(4, values, { at: 'preactivation-gradient', on: 'training-step', step: 2, epoch: 1 });
    expect(outputsOf(gradient, [sample], [denseSite(2)])).toEqual([
      {
        type: 'probe.reading',
        probe: 'gradient',
        site: 'relu',
        on: 'training-step',
        step: 2,
        epoch: 1,
        images: 4,
        units: { sum: [4, 0], mean: [1, 0], rms: [2, expect.closeTo(Math.sqrt(5), 12)], passed: [0.25, 1] },
        layer: { rms: expect.closeTo(Math.sqrt(4.5), 12), passed: 0.625 },
      },
    ]);
  });

  it('asks for training steps alone: an evaluation has no gradients', () => {
    expect(gradient.taps([denseSite(1)], gradient.options.parse({}))).toMatchObject([{ on: 'training-step' }]);
  });
});
