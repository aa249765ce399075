import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idxFile } from '../testing/idx-samples.js';
import { parseIdx } from './read-idx.js';

describe('parseIdx', () => {
  it('returns dimensions and values of any file that is right', () => {
    const arrays = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }).chain((dimensions) => {
      const length = dimensions.reduce((product, dimension) => product * dimension, 1);
      return fc.record({
        dimensions: fc.constant(dimensions),
        values: fc.uint8Array({ minLength: length, maxLength: length }),
      });
    });
    fc.assert(
      fc.property(arrays, ({ dimensions, values }) => {
        const parsed = parseIdx('file', idxFile(dimensions, values), dimensions.length);
        expect(parsed.dimensions).toEqual(dimensions);
        expect([...parsed.values]).toEqual([...values]);
      }),
    );
  });

  it('answers any other bytes with DATASET_CORRUPT and the name of the file', () => {
    const header = fc.constantFrom([], [0, 0, 8, 1], [0, 0, 8, 3], [0, 0, 8, 1, 0, 0, 0, 2]);
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 40 }), fc.constantFrom(1, 3), (start, rest, dimensionCount) => {
        try {
          const { dimensions, values } = parseIdx('file', Buffer.from([...start, ...rest]), dimensionCount);
          expect(dimensions.reduce((product, dimension) => product * dimension, 1)).toBe(values.length);
        } catch (error) {
          expect(error).toMatchObject({ code: 'DATASET_CORRUPT', message: expect.stringMatching(/^file, byte \d+: /) });
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a short header', Buffer.of(0, 0, 8), 'file, byte 3: the header ends after 3 of 8 bytes'],
    [
      'another magic number',
      Buffer.of(0, 0, 8, 3, 0, 0, 0, 1, 5),
      'file, byte 0: the magic number is 0x00000803 instead of 0x00000801',
    ],
    ['no values', idxFile([0], []), 'file, byte 4: dimension 0 is 0'],
    ['too few values', idxFile([5], [1, 2]), 'file, byte 10: 5 values are announced, but 2 are there'],
    ['too many values', idxFile([2], [1, 2, 3]), 'file, byte 10: 2 values are announced, but 3 are there'],
  ])('tells of %s with the offset', (_, bytes, message) => {
    expect(() => parseIdx('file', bytes, 1)).toThrow(message);
  });
});
