import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-noise-occupation.json' with { type: 'json' };
import { noiseOccupation } from './noise-occupation.js';

describe('the occupation of a unit that learns noise', () => {
  const shares = noiseOccupation(reference.edges);

  it('adds up, and agrees with simulation', () => {
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    shares.forEach((share, i) => expect(Math.abs(share - reference.simulated[i])).toBeLessThan(2e-3));
  });

  it('is what a walk with steps only where the unit is active spends its time at', () => {
    const random = new Random(5);
    const counts = new Array<number>(shares.length).fill(0);
    const steps = 400_000;
    let bias = 0;
    for (let k = 0; k < steps; k++) {
      if (bias + random.normal() > 0) {
        bias += 0.15 * random.normal();
        // Reflecting ends.
        if (bias > 2) bias = 4 - bias;
        if (bias < -2) bias = -4 - bias;
      }
      counts[Math.min(shares.length - 1, Math.floor(((bias + 2) / 4) * shares.length))]++;
    }
    const below = (values: readonly number[]) => values.slice(0, 4).reduce((sum, value) => sum + value, 0);
    expect(Math.abs(below(counts) / steps - below(shares))).toBeLessThan(0.03);
  });
});
