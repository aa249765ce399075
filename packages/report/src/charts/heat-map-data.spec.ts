import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeValue, embedHeatMaps, encodeValue, readHeatMaps } from './heat-map-data.js';
import { shadeOf } from './heat-map-shades.js';

const value = fc.oneof(
  fc.constantFrom(
    null,
    0,
    0.01,
    1,
    1 - 2 ** -53,
    Number.MIN_VALUE,
    ...Array.from({ length: 9 }, (_, i) => (i + 1) / 10),
  ),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 0.02, noNaN: true }),
);

it('a value embedded keeps its shade, and is off by half a level at most', () => {
  fc.assert(
    fc.property(value, (given) => {
      const code = encodeValue(given);
      expect(Number.isInteger(code) && code >= 0 && code < 256).toBe(true);
      const read = decodeValue(code);
      expect(shadeOf(read)).toBe(shadeOf(given));
      if (given === null || given === 0 || given === 1) expect(read).toBe(given);
      else expect(Math.abs(read! - given)).toBeLessThanOrEqual(given < 0.01 ? 0.00051 : 0.0021);
    }),
    { numRuns: 1000 },
  );
});

it('heat maps are read back, site by site and unit by unit', () => {
  const columns = [
    { from: 0, to: 0 },
    { from: 1, to: 2.5 },
  ];
  const sites = [
    { name: 'a', values: [[0, 1], [null, 0], [1, null]] }, // prettier-ignore
    { name: 'b', values: [[1, 1]] },
  ];
  const embedded = embedHeatMaps({ columns, sites });
  expect(embedded.sites).toEqual([
    ['a', Buffer.from([0, 254, 255, 0, 254, 255]).toString('base64')],
    ['b', Buffer.from([254, 254]).toString('base64')],
  ]);
  expect(readHeatMaps(JSON.parse(JSON.stringify(embedded)))).toEqual({ columns, sites });
});
