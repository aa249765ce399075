import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement } from './agreement.js';
import type { UnitFlags } from './unit-definitions.js';

const set = (text: string) => [...text].map((unit) => unit === '#');

describe('agreement', () => {
  it('counts what each definition flags and how far every two agree', () => {
    const flags: UnitFlags = { 'never-fired': set('##....'), 'nearly-dead': set('###...'), dormant: set('.##...') };
    expect(agreement([flags])).toEqual({
      definitions: [
        { definition: 'never-fired', flagged: 2, units: 6 },
        { definition: 'nearly-dead', flagged: 3, units: 6 },
        { definition: 'dormant', flagged: 2, units: 6 },
      ],
      pairs: [
        expect.objectContaining({ a: 'never-fired', b: 'nearly-dead', jaccard: 2 / 3, containment: 'within' }),
        expect.objectContaining({ a: 'never-fired', b: 'dormant', both: 1, either: 3, containment: null }),
        expect.objectContaining({ a: 'nearly-dead', b: 'dormant', jaccard: 2 / 3, containment: 'contains' }),
      ],
    });
  });

  it('calls two empty sets no agreement, and no empty set contained', () => {
    const { pairs } = agreement([{ 'never-fired': set('..'), dormant: set('..'), constant: set('#.') }]);
    expect(pairs.map(({ jaccard, containment }) => [jaccard, containment])).toEqual([
      [null, null],
      [0, null],
      [0, null],
    ]);
  });

  it('compares on the units that both can judge', () => {
    const sites: UnitFlags[] = [{ 'never-fired': set('#.'), dormant: set('##') }, { 'never-fired': set('###') }];
    expect(agreement(sites)).toEqual({
      definitions: [
        { definition: 'never-fired', flagged: 4, units: 5 },
        { definition: 'dormant', flagged: 2, units: 2 },
      ],
      pairs: [
        {
          a: 'never-fired',
          b: 'dormant',
          units: 2,
          flaggedByA: 1,
          flaggedByB: 2,
          both: 1,
          either: 2,
          jaccard: 1 / 2,
          containment: 'within',
        },
      ],
    });
    expect(agreement([])).toEqual({ definitions: [], pairs: [] });
  });

  it('agrees with sets', () => {
    const flags = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(flags, flags, (one, other) => {
        const a = new Set(one.flatMap((flag, unit) => (flag ? [unit] : [])));
        const b = new Set(other.flatMap((flag, unit) => (flag ? [unit] : [])));
        const both = [...a].filter((unit) => b.has(unit)).length;
        const either = new Set([...a, ...b]).size;
        const [pair] = agreement([{ 'never-fired': one, constant: other }]).pairs;
        expect(pair.jaccard).toBe(either === 0 ? null : both / either);
        expect(pair.containment === 'equal').toBe(a.size > 0 && a.size === b.size && both === a.size);
        expect(pair.containment === 'within').toBe(a.size > 0 && both === a.size && b.size > a.size);
        expect(pair.containment === 'contains').toBe(b.size > 0 && both === b.size && a.size > b.size);
      }),
    );
  });
});
