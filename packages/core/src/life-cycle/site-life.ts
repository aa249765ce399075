import type { UnitTransition } from '../probe/probe.js';

/** What has happened to the units of one site so far, and what happened at the last look. */
export interface SiteLife {
  /** Per unit: silent at the last look. Empty before the first. */
  readonly dead: readonly boolean[];
  /** Per unit: has gone from firing to silent at least once. */
  readonly everDied: readonly boolean[];
  /** Numbers of transitions so far; a unit that dies twice counts twice. */
  readonly bornDead: number;
  readonly died: number;
  readonly revived: number;
  /** Those of the last look, in the order of the units. */
  readonly changes: readonly { readonly transition: UnitTransition['transition']; readonly unit: number }[];
}

export const UNSEEN: SiteLife = { dead: [], everDied: [], bornDead: 0, died: 0, revived: 0, changes: [] };

/**
 * The life of a site after one more look. Silent units are born dead at the first look, if that is at step 0; otherwise their
 * birth was not seen, and they count as having died by then. Dead units always number bornDead + died − revived.
 * @param fired per unit: elements of the probe split with y > 0
 * @param step optimizer steps taken
 */
export function lookAgain(before: SiteLife, fired: ArrayLike<number>, step: number): SiteLife {
  const firstLook = before.dead.length === 0;
  const dead = Array.from(fired, (elements) => elements === 0);
  const changes = dead.flatMap((isDead, unit) => {
    if (isDead === (before.dead[unit] ?? false)) return [];
    const transition = isDead ? (firstLook && step === 0 ? 'born-dead' : 'died') : 'revived';
    return [{ transition, unit } as const];
  });
  const diedNow = new Set(changes.filter(({ transition }) => transition === 'died').map(({ unit }) => unit));
  const happened = (kind: UnitTransition['transition']) =>
    changes.filter(({ transition }) => transition === kind).length;
  return {
    dead,
    everDied: dead.map((_, unit) => diedNow.has(unit) || (before.everDied[unit] ?? false)),
    bornDead: before.bornDead + happened('born-dead'),
    died: before.died + happened('died'),
    revived: before.revived + happened('revived'),
    changes,
  };
}
