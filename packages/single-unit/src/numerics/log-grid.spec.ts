import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGrid } from './log-grid.js';

describe('logGrid', () => {
  it('spaces evenly on a logarithmic scale', () => {
    expect(logGrid(1000, 4)).toEqual([0, 1, 10, 100, 1000]);
    expect(logGrid(1, 5)).toEqual([0, 1]);
  });

  it('increases from 0 and 1 to the last step and keeps to the number of points', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 2, max: 300 }), (last, points) => {
        const grid = logGrid(last, points);
        expect(grid.slice(0, 2)).toEqual([0, 1]);
        expect(grid.at(-1)).toBe(last);
        expect(grid.length).toBeLessThanOrEqual(points + 1);
        expect(grid.every((step, i) => Number.isInteger(step) && (i === 0 || step > grid[i - 1]))).toBe(true);
      }),
    );
  });
});
