import type { Reading } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { outputsOf } from '../testing/outputs-of.js';
import { gradient } from './gradient.js';

const UNITS = 6;

describe('gradient', () => {
  it('tells sum, mean, size and where it is not 0', () => {
    // Unit 0: 0, 0, 0, 4. Unit 1: 1, −1, 3, −3.
    const values = {
      fired: Float64Array.of(1, 4),
      sum: Float64Array.of(4, 0),
      sumSquares: Float64Array.of(16, 20),
    };
    // At the output of unit 0: 0, −2, 0, 4.
    const atOutput = { fired: Float64Array.of(2, 4), sumAbs: Float64Array.of(6, 8) };
    const place = { on: 'training-step', step: 2, epoch: 1 } as const;
    const samples = [
      denseSample(4, { fired: Float64Array.of(1, 4) }, { at: 'activation', ...place }),
      denseSample(4, atOutput, { at: 'gradient', ...place }),
      denseSample(4, values, { at: 'preactivation-gradient', ...place }),
    ];
    expect(outputsOf(gradient, samples, [denseSite(2)])).toEqual([
      {
        type: 'probe.reading',
        probe: 'gradient',
        site: 'relu',
        on: 'training-step',
        step: 2,
        epoch: 1,
        images: 4,
        units: {
          sum: [4, 0],
          mean: [1, 0],
          rms: [2, expect.closeTo(Math.sqrt(5), 12)],
          passed: [0.25, 1],
          arrived: [0.5, 1],
          arrivedMeanAbs: [1.5, 2],
          unreached: [0, 0],
          gradientDead: [0, 0],
          activationDead: [0, 0],
        },
        layer: {
          rms: expect.closeTo(Math.sqrt(4.5), 12),
          passed: 0.625,
          arrived: 0.75,
          arrivedMeanAbs: 1.75,
          unreached: 0,
          gradientDead: 0,
          activationDead: 0,
          bothDead: 0,
          onlyGradientDead: 0,
          onlyActivationDead: 0,
          neitherDead: 2,
          elements: 4,
        },
      },
    ]);
  });

  it('asks for training steps alone: an evaluation has no gradients', () => {
    const taps = gradient.taps([denseSite(1)], gradient.options.parse({}));
    expect(new Set(taps.map(({ on }) => on))).toEqual(new Set(['training-step']));
  });

  it('tables death by gradient against death by activation, element by element, and finds no unit that is off and learns', () => {
    const element = fc.record({
      y: fc.constantFrom(0, 0, 0, 0.5, 2),
      arriving: fc.constantFrom(0, 0, 0, -1, 0.25),
    });
    const image = fc.array(element, { minLength: UNITS, maxLength: UNITS });
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 4 }), (images) => {
        const ofUnits = (value: (of: { y: number; arriving: number }) => number) =>
          Float64Array.from({ length: UNITS }, (_, unit) =>
            images.reduce((sum, elements) => sum + value(elements[unit]), 0),
          );
        const passing = ({ y, arriving }: { y: number; arriving: number }) => (y > 0 ? arriving : 0);
        const place = { on: 'training-step' } as const;
        const samples = [
          denseSample(
            images.length,
            {
              fired: ofUnits((of) => Number(passing(of) !== 0)),
              sum: ofUnits(passing),
              sumSquares: ofUnits((of) => passing(of) ** 2),
            },
            { at: 'preactivation-gradient', ...place },
          ),
          denseSample(
            images.length,
            { fired: ofUnits((of) => Number(of.arriving !== 0)), sumAbs: ofUnits((of) => Math.abs(of.arriving)) },
            { at: 'gradient', ...place },
          ),
          denseSample(images.length, { fired: ofUnits((of) => Number(of.y > 0)) }, { at: 'activation', ...place }),
        ];
        const [{ units, layer }] = outputsOf(gradient, samples, [denseSite(UNITS)]) as unknown as Reading[];
        const cells = [layer.bothDead, layer.onlyGradientDead, layer.onlyActivationDead, layer.neitherDead];
        const expected = [0, 0, 0, 0];
        for (let unit = 0; unit < UNITS; unit++) {
          const elements = images.map((of) => of[unit]);
          const off = elements.every(({ y }) => y === 0);
          const unlearning = elements.every((of) => passing(of) === 0);
          expected[unlearning ? (off ? 0 : 1) : off ? 2 : 3]++;
          expect(units.unreached[unit]).toBe(Number(elements.every(({ arriving }) => arriving === 0)));
        }
        expect(cells).toEqual(expected);
        expect(layer.onlyActivationDead).toBe(0);
        expect(layer.bothDead + layer.onlyGradientDead).toBe(layer.gradientDead);
        expect(layer.bothDead + layer.onlyActivationDead).toBe(layer.activationDead);
      }),
    );
  });
});
