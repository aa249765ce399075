import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAgain, UNSEEN, type SiteLife } from './site-life.js';

/** Counts of fired elements of five units at successive looks. */
const anyHistory = fc.array(
  fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 })), { minLength: 5, maxLength: 5 }),
  { minLength: 1, maxLength: 12 },
);
const livesOf = (history: readonly (readonly number[])[], firstStep = 0): SiteLife[] => {
  const lives: SiteLife[] = [];
  history.forEach((fired, look) => lives.push(lookAgain(lives.at(-1) ?? UNSEEN, fired, firstStep + look)));
  return lives;
};

describe('lookAgain', () => {
  it('follows births, deaths and revivals', () => {
    const lives = livesOf([[0, 5, 5], [0, 0, 5], [3, 0, 5], [0, 2, 5]]); // prettier-ignore
    expect(lives.map(({ changes }) => changes)).toEqual([
      [{ transition: 'born-dead', unit: 0 }],
      [{ transition: 'died', unit: 1 }],
      [{ transition: 'revived', unit: 0 }],
      [
        { transition: 'died', unit: 0 },
        { transition: 'revived', unit: 1 },
      ],
    ]);
    expect(lives[3]).toMatchObject({
      dead: [true, false, false],
      everDied: [true, true, false],
      bornDead: 1,
      died: 2,
      revived: 2,
    });
  });

  it('does not count as died what was born dead and never lived', () => {
    expect(livesOf([[0], [0]])[1]).toMatchObject({ dead: [true], everDied: [false], bornDead: 1, died: 0 });
  });

  it('calls nothing born dead whose birth it has not seen', () => {
    expect(livesOf([[0, 1]], 100)[0]).toMatchObject({
      bornDead: 0,
      died: 1,
      changes: [{ transition: 'died', unit: 0 }],
    });
  });

  it('always has bornDead + died − revived dead units', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat({ max: 2 }), (history, firstStep) => {
        for (const life of livesOf(history, firstStep)) {
          const dead = life.dead.filter(Boolean).length;
          expect(life.bornDead + life.died - life.revived).toBe(dead);
        }
      }),
    );
  });

  it('gives each unit a sensible order: it dies only alive and revives only dead', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const lives = livesOf(history);
        for (let unit = 0; unit < 5; unit++) {
          const story = lives.flatMap(({ changes }) => changes).filter((change) => change.unit === unit);
          const kinds = story.map(({ transition }) => transition);
          kinds.slice(1).forEach((kind, index) => {
            expect(kind).toBe(kinds[index] === 'revived' ? 'died' : 'revived');
          });
          expect(kinds.indexOf('born-dead')).toBe(history[0][unit] === 0 ? 0 : -1);
          expect(lives.at(-1)!.everDied[unit]).toBe(kinds.includes('died'));
          expect(lives.at(-1)!.dead[unit]).toBe(history.at(-1)![unit] === 0);
        }
      }),
    );
  });

  it('changes nothing when nothing has changed', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const last = livesOf(history).at(-1)!;
        expect(lookAgain(last, history.at(-1)!, 99)).toEqual({ ...last, changes: [] });
      }),
    );
  });
});
