import { describe, expect, it } from 'vitest';
import { ValueComparison, type FieldDifference } from './compare-values.js';

function fieldsOf(one: unknown, other: unknown): Record<string, Omit<FieldDifference, 'field'>> {
  const comparison = new ValueComparison(new Set(['time']));
  comparison.compare('event', one, other);
  return Object.fromEntries([...comparison.fields].map(([name, { field: _, ...rest }]) => [name, rest]));
}

describe('a comparison of values', () => {
  it('takes numbers bit by bit, NaN as equal to itself', () => {
    const values = [NaN, -0, Infinity, 0.1];
    expect(fieldsOf({ a: values, b: Float64Array.from(values) }, { a: values, b: Float64Array.from(values) })).toEqual({
      'event.a': { count: 0, of: 4 },
      'event.b': { count: 0, of: 4 },
    });
    expect(fieldsOf({ a: 0 }, { a: -0 })).toEqual({ 'event.a': { count: 1, of: 1, largest: [0, -0] } });
  });

  it('counts the places of an array as one field, and keeps what differs most', () => {
    expect(fieldsOf({ a: [1, 2, 3, 4] }, { a: [1, 2.5, 2, 4] })).toEqual({
      'event.a': { count: 2, of: 4, largest: [3, 2] },
    });
    expect(fieldsOf([1, 2], [5, NaN])).toEqual({ event: { count: 2, of: 2, largest: [2, NaN] } });
  });

  it('tells of what only one side has, and of what are no numbers', () => {
    expect(fieldsOf({ a: [1], text: 'x', none: null, time: 1 }, { a: [1, 2], text: 'y', none: {}, time: 2 })).toEqual({
      'event.a': { count: 1, of: 2, largest: [undefined, 2] },
      'event.text': { count: 1, of: 1, largest: ['x', 'y'] },
      'event.none': { count: 1, of: 1, largest: [null, {}] },
    });
  });
});
