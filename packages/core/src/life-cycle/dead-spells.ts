import type { Look, Place } from './looks.js';
import { lookAgain, UNSEEN } from './site-life.js';

/**
 * A stretch of successive looks at which a unit was silent. When exactly it began and ended is known only to lie between two
 * looks: it is censored to those intervals.
 */
export interface DeadSpell {
  readonly unit: number;
  /** Silent at step 0 already: the spell began before anything was seen. */
  readonly bornDead: boolean;
  /** The last look before at which the unit fired; `null` where there is none. */
  readonly lastAlive: Place | null;
  /** The first look at which it was silent. */
  readonly firstDead: Place;
  /** The last look at which it was silent. */
  readonly lastDead: Place;
  /** The look at which it fired again; `null` where it was silent up to the last look. */
  readonly revived: Place | null;
}

/**
 * All silent stretches of a site's units, in the order of their beginnings: one for each transition `born-dead` or `died` of the
 * probe `unit-lifecycle`, closed by its `revived`.
 */
export function deadSpells(looks: readonly Look[]): readonly DeadSpell[] {
  const spells: DeadSpell[] = [];
  /** Index of the spell that is under way, by unit. */
  const open = new Map<number, number>();
  let life = UNSEEN;
  looks.forEach(({ step, epoch, dead }, index) => {
    const here: Place = { step, epoch };
    const before = index > 0 ? { step: looks[index - 1].step, epoch: looks[index - 1].epoch } : null;
    life = lookAgain(life, dead.map((silent) => Number(!silent)), step); // prettier-ignore
    for (const { transition, unit } of life.changes) {
      if (transition === 'revived') {
        const spell = open.get(unit)!;
        spells[spell] = { ...spells[spell], revived: here };
        open.delete(unit);
      } else {
        open.set(unit, spells.length);
        const bornDead = transition === 'born-dead';
        spells.push({ unit, bornDead, lastAlive: before, firstDead: here, lastDead: here, revived: null });
      }
    }
    for (const spell of open.values()) spells[spell] = { ...spells[spell], lastDead: here };
  });
  return spells;
}
