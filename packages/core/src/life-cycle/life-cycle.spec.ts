import { clopperPearsonInterval } from '../measurement/intervals.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseSample } from '../testing/fakes/dense-sample.js';
import { deadSpells } from './dead-spells.js';
import { lifeCycle } from './life-cycle.js';
import { looksOf, type Look } from './looks.js';

/** Looks at epochs 0, 1, …; per look a text with one letter a unit: `#` fires, `.` is silent. */
const looks = (...rows: readonly string[]): Look[] =>
  rows.map((row, epoch) => ({ step: 10 * epoch, epoch, images: 5, dead: [...row].map((unit) => unit === '.') }));

const anyLooks = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }))
  .chain(([units, count]) =>
    fc.array(fc.array(fc.constantFrom('#', '#', '.'), { minLength: units, maxLength: units }), {
      minLength: count,
      maxLength: count,
    }),
  )
  .map((rows) => looks(...rows.map((row) => row.join(''))));

describe('looksOf', () => {
  it('takes the activations of the site on the probe split, where fired was counted', () => {
    const fired = { fired: Float64Array.of(0, 2) };
    const samples = [
      denseSample(4, fired),
      denseSample(4, fired, { on: 'training-step' }),
      denseSample(4, fired, { at: 'preactivation' }),
      { ...denseSample(4, fired), site: 'other' },
      denseSample(0, fired),
      denseSample(4, { sum: Float64Array.of(0, 2) }),
      denseSample(4, { fired: Float64Array.of(1, 0) }, { step: 8, epoch: 2 }),
    ];
    expect(looksOf(samples, 'relu')).toEqual([
      { step: 0, epoch: 0, images: 4, dead: [true, false] },
      { step: 8, epoch: 2, images: 4, dead: [false, true] },
    ]);
  });
});

describe('deadSpells', () => {
  it('begin and end between two looks, each of which is named', () => {
    const at = (epoch: number) => ({ step: 10 * epoch, epoch });
    expect(deadSpells(looks('.#', '.#', '#.', '#.', '.#'))).toEqual([
      { unit: 0, bornDead: true, lastAlive: null, firstDead: at(0), lastDead: at(1), revived: at(2) },
      { unit: 1, bornDead: false, lastAlive: at(1), firstDead: at(2), lastDead: at(3), revived: at(4) },
      { unit: 0, bornDead: false, lastAlive: at(3), firstDead: at(4), lastDead: at(4), revived: null },
    ]);
  });

  it('cover exactly the looks at which a unit was silent', () => {
    fc.assert(
      fc.property(anyLooks, (seen) => {
        const spells = deadSpells(seen);
        seen.forEach(({ epoch, dead }) =>
          dead.forEach((silent, unit) => {
            const covering = spells.filter(
              (spell) => spell.unit === unit && spell.firstDead.epoch <= epoch && epoch <= spell.lastDead.epoch,
            );
            expect(covering).toHaveLength(Number(silent));
          }),
        );
      }),
    );
  });
});

describe('lifeCycle', () => {
  it('tells births, deaths, revivals, survival and hazard of a small layer', () => {
    // Units: lives on; dies at 2; dies at 1, revives at 3; born dead; born dead, revives at 2, dies at 3.
    const life = lifeCycle([looks('###..', '##...', '#...#', '#.#..')]);
    expect(life).toMatchObject({ units: 5, bornDead: 2, died: 3, revived: 2, dead: 3, followed: 3, everDied: 2 });
    expect(life.survival.map(({ time, atRisk, events, survival }) => [time, atRisk, events, survival])).toEqual([
      [0, 3, 0, 1],
      [1, 3, 1, expect.closeTo(2 / 3, 12)],
      [2, 2, 1, expect.closeTo(1 / 3, 12)],
      [3, 1, 0, expect.closeTo(1 / 3, 12)],
    ]);
    expect(life.survival.map(({ hazard }) => hazard)).toEqual([null, 1 / 3, 1 / 2, 0]);
    expect(life.hazard).toBeCloseTo(2 / (3 + 2 + 1), 12);
    expect(life.alive.map(({ alive }) => alive)).toEqual([3, 2, 2, 2]);
    // Deaths: unit 1 (looked at again, still dead), unit 2 (revived), unit 4 (at the last look: nothing can be said).
    expect(life.revivals.died).toEqual({
      spells: 3,
      followed: 2,
      revived: 1,
      share: 0.5,
      interval: clopperPearsonInterval(1, 2),
    });
    expect(life.revivals.bornDead).toMatchObject({ spells: 2, followed: 2, revived: 1 });
    expect(life.revivals.spellEpochs).toEqual({ min: 2, median: 2, max: 2 });
    expect(life.revivals.stillDead.map(({ time, atRisk, events }) => [time, atRisk, events])).toEqual([
      [0, 3, 0],
      [1, 2, 0],
      [2, 1, 1],
    ]);
  });

  it('says of a layer where nothing died that all survive, and how sure that is', () => {
    const life = lifeCycle([looks('####', '####')]);
    expect(life).toMatchObject({ bornDead: 0, died: 0, revived: 0, dead: 0, hazard: 0 });
    expect(life.survival.at(-1)).toMatchObject({ survival: 1, ...clopperPearsonInterval(4, 4) });
    expect(life.revivals).toMatchObject({ died: { share: null, interval: null }, spellEpochs: null, stillDead: [] });
  });

  it('has no survival where every unit was born dead, and nothing of nothing', () => {
    const life = lifeCycle([looks('..', '..')]);
    expect(life).toMatchObject({ bornDead: 2, dead: 2, followed: 0, hazard: null });
    expect(life.survival.at(-1)).toMatchObject({ atRisk: 0, lower: 0, upper: 1 });
    expect(lifeCycle([])).toMatchObject({ units: 0, survival: [], alive: [], hazard: null });
    expect(lifeCycle([[]])).toMatchObject({ units: 0 });
  });

  it('pools sites unit by unit, also where one was looked at for longer', () => {
    const [one, other] = [looks('##', '#.', '#.'), looks('#', '#')];
    const life = lifeCycle([one, other]);
    expect(life).toMatchObject({ units: 3, died: 1, followed: 3 });
    expect(life.survival.map(({ time, atRisk, censored }) => [time, atRisk, censored])).toEqual([
      [0, 3, 0],
      [1, 3, 1],
      [2, 1, 1],
    ]);
    expect(life.alive.map(({ epoch, units, alive }) => [epoch, units, alive])).toEqual([
      [0, 3, 3],
      [1, 3, 2],
    ]);
  });

  it('is in balance: dead = born dead + died − revived, and what was never followed to death survives', () => {
    fc.assert(
      fc.property(fc.array(anyLooks, { minLength: 1, maxLength: 3 }), (sites) => {
        const life = lifeCycle(sites);
        const dead = sites.reduce((total, seen) => total + seen.at(-1)!.dead.filter(Boolean).length, 0);
        expect(life.dead).toBe(dead);
        expect(life.bornDead + life.died - life.revived).toBe(dead);
        expect(life.revivals.died.spells + life.revivals.bornDead.spells).toBe(life.bornDead + life.died);
        expect(life.revivals.died.revived + life.revivals.bornDead.revived).toBe(life.revived);
        expect(life.survival.reduce((total, { events }) => total + events, 0)).toBe(life.everDied);
      }),
    );
  });

  it('of one site survives the share of units without a death so far: nobody is censored before the end', () => {
    fc.assert(
      fc.property(anyLooks, (seen) => {
        const followed = seen[0].dead.flatMap((silent, unit) => (silent ? [] : [unit]));
        fc.pre(followed.length > 0);
        lifeCycle([seen]).survival.forEach(({ time, survival }) => {
          const whole = followed.filter((unit) => seen.every(({ epoch, dead }) => epoch > time || !dead[unit]));
          expect(survival).toBeCloseTo(whole.length / followed.length, 12);
        });
      }),
    );
  });
});
