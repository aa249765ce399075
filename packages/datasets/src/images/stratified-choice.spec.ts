import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stratifiedChoice } from './stratified-choice.js';

const CLASSES = 4;
const labelled = fc
  .array(fc.integer({ min: 0, max: CLASSES - 1 }), { minLength: 1, maxLength: 200 })
  .chain((labels) =>
    fc.record({ labels: fc.constant(Int32Array.from(labels)), size: fc.integer({ min: 0, max: labels.length }) }),
  );

function countClasses(labels: Int32Array, indices: Iterable<number>): number[] {
  const counts = new Array<number>(CLASSES).fill(0);
  for (const index of indices) counts[labels[index]]++;
  return counts;
}

describe('stratifiedChoice', () => {
  it('divides the items into two sets, ascending, disjoint and together complete', () => {
    fc.assert(
      fc.property(labelled, fc.integer(), ({ labels, size }, seed) => {
        const { chosen, rest } = stratifiedChoice(labels, CLASSES, size, new Random(seed));
        expect(chosen.length).toBe(size);
        expect([...chosen]).toEqual([...chosen].sort((a, b) => a - b));
        expect([...chosen, ...rest].sort((a, b) => a - b)).toEqual([...labels.keys()]);
      }),
    );
  });

  it('gives every class its share, rounded down or up', () => {
    fc.assert(
      fc.property(labelled, fc.integer(), ({ labels, size }, seed) => {
        const { chosen } = stratifiedChoice(labels, CLASSES, size, new Random(seed));
        const counts = countClasses(labels, chosen);
        countClasses(labels, labels.keys()).forEach((members, label) => {
          const share = (size * members) / labels.length;
          expect(counts[label]).toBeGreaterThanOrEqual(Math.floor(share));
          expect(counts[label]).toBeLessThanOrEqual(Math.ceil(share));
        });
      }),
    );
  });

  it('gives what is left over to the largest remainders', () => {
    const labels = Int32Array.from([0, 0, 0, 0, 0, 1, 1, 1, 2, 2]);
    // Shares of 4: 2, 1.2, 0.8.
    expect(countClasses(labels, stratifiedChoice(labels, CLASSES, 4, new Random(1)).chosen)).toEqual([2, 1, 1, 0]);
  });

  it('chooses by the random stream: equal streams alike, others otherwise', () => {
    const labels = Int32Array.from({ length: 100 }, (_, i) => i % CLASSES);
    const choose = (seed: number): number[] => [...stratifiedChoice(labels, CLASSES, 20, new Random(seed)).chosen];
    expect(choose(1)).toEqual(choose(1));
    expect(choose(1)).not.toEqual(choose(2));
  });
});
