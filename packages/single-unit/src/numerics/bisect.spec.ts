import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bisect } from './bisect.js';

describe('bisect', () => {
  it('finds a root to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (root) => {
        expect(Math.abs(bisect((x) => x - root, -200, 300) - root)).toBeLessThanOrEqual(1e-13);
        expect(Math.abs(bisect((x) => root - x, -200, 300) - root)).toBeLessThanOrEqual(1e-13);
      }),
    );
  });

  it('stops where it is near enough', () => {
    let calls = 0;
    const root = bisect((x) => (calls++, x - 0.3), 0, 1, 1e-3);
    expect(Math.abs(root - 0.3)).toBeLessThan(5e-4);
    expect(calls).toBe(11);
  });
});
