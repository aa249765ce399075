import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesReadout } from './lines-readout.js';
import { nearestPlace } from './readout.js';

describe('the nearest place', () => {
  it('is the nearest', () => {
    const places = fc.uniqueArray(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(places, fc.double({ min: -2e6, max: 2e6, noNaN: true }), (unsorted, x) => {
        const sorted = unsorted.sort((a, b) => a - b);
        const least = Math.min(...sorted.map((place) => Math.abs(place - x)));
        expect(Math.abs(sorted[nearestPlace(sorted, x)!]! - x)).toBe(least);
      }),
    );
  });

  it('is none where there is no place', () => expect(nearestPlace([], 1)).toBeUndefined());
});

describe('what lines say', () => {
  const swatch = { colour: 'var(--blue)', mark: 'line' } as const;

  it('is told where there is a point, the greatest first', () => {
    const readout = linesReadout(
      [
        { label: 'a', swatch, points: [[0, 1], [2, 3]] }, // prettier-ignore
        { label: 'b', swatch, points: [[2, 5]] },
      ],
      String,
    );
    expect(readout.places).toEqual([0, 2]);
    expect(readout.tell(0, 0)).toEqual({ title: 'epoch 0', lines: [{ label: 'a', value: '1', swatch }] });
    expect(readout.tell(1, 0).lines.map(({ label }) => label)).toEqual(['b', 'a']);
  });

  it('is of the lines near the pointer where there are many', () => {
    const lines = Array.from({ length: 100 }, (_, index) => ({ label: String(index), swatch, points: [[1, index] as const] })); // prettier-ignore
    const { lines: told } = linesReadout(lines, String).tell(0, 50.1);
    expect(told.map(({ label }) => label)).toEqual(['53', '52', '51', '50', '49', '48', '47', 'and 93 more']);
  });
});
