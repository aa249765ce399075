import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/ward.json' with { type: 'json' };
import { UNIT_ORDERS, orderUnits } from './unit-order.js';
import { wardOrder, type WardMerge } from './ward-order.js';

const courses = [
  [0.5, 0.4, 0.3],
  [0.5, 0, 0],
  [0, 0, 0],
  [0.1, 0, 0.3],
  [null, 0.2, null],
  [0.9, 0.01, 0],
];

describe('units are ordered', () => {
  it('by their last Pr[y>0]', () => expect(orderUnits(courses, 'final')).toEqual([0, 3, 4, 1, 2, 5]));
  it('by when they fell silent, those that live last', () =>
    expect(orderUnits(courses, 'death')).toEqual([2, 1, 5, 4, 0, 3]));
  it('by number', () => expect(orderUnits(courses, 'unit')).toEqual([0, 1, 2, 3, 4, 5]));

  it('completely, each once, also where there are ties and gaps', () => {
    const value = fc.oneof(fc.constant(null), fc.constantFrom(0, 0.25, 1));
    const units = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(units, fc.constantFrom(...UNIT_ORDERS), (values, order) => {
        const ordered = orderUnits(values, order);
        expect(ordered.toSorted((a, b) => a - b)).toEqual(values.map((_, unit) => unit));
        expect(orderUnits(values, order)).toEqual(ordered);
      }),
    );
  });
});

describe('Ward’s clustering', () => {
  it.each(fixture.cases)('joins what SciPy joins, at the same cost', ({ vectors, merges }) => {
    const found: WardMerge[] = [];
    wardOrder(vectors, (merge) => found.push(merge));
    const sorted = found.map(({ leaves, increase }) => ({ leaves: leaves.toSorted((a, b) => a - b), increase }));
    sorted.sort((a, b) => a.increase - b.increase);
    expect(sorted.map(({ leaves }) => leaves)).toEqual(merges.map(({ leaves }) => leaves));
    sorted.forEach(({ increase }, index) => expect(increase).toBeCloseTo(merges[index]!.increase, 10));
  });

  it('puts like beside like, the higher first', () => {
    const low = [0.1, 0.1];
    const high = [0.9, 0.8];
    expect(wardOrder([low, high, low, high, low])).toEqual([1, 3, 0, 2, 4]);
  });
});
