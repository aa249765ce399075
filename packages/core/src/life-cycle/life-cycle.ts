import { deadSpells, type DeadSpell } from './dead-spells.js';
import { kaplanMeier, type SurvivalPoint } from './kaplan-meier.js';
import type { Look, Place } from './looks.js';
import { revivals, type Revivals } from './revivals.js';

/** Survival up to one look, and the hazard of the interval that it ends. `time` is in epochs. */
export interface LookSurvival extends SurvivalPoint {
  /** First deaths / (units at risk × epochs since the look before); `null` at the first look. */
  readonly hazard: number | null;
}

/** What became of the units of one site, or of several together, as far as the looks show. */
export interface LifeCycle {
  readonly units: number;
  /** Transitions so far; a unit that dies twice counts twice. dead = bornDead + died − revived. */
  readonly bornDead: number;
  readonly died: number;
  readonly revived: number;
  /** Silent at their site's last look. */
  readonly dead: number;
  /** Units alive at the first look: those that are followed. */
  readonly followed: number;
  /** Of them, those that have died at least once. */
  readonly everDied: number;
  /** Survival to the first death of the units alive at the first look, at each look. */
  readonly survival: readonly LookSurvival[];
  /** First deaths / Σ units at risk × epochs, over all intervals; `null` where nothing was followed for any time. */
  readonly hazard: number | null;
  /** Share of all units that fired, at each look: deaths, revivals and births in balance. */
  readonly alive: readonly (Place & { readonly units: number; readonly alive: number })[];
  readonly revivals: Revivals;
}

/**
 * The life cycle of units, from the looks at their sites (a list of looks for each).
 *
 * The survival curve is Kaplan and Meier's for the time to the *first* death among the units that were alive at the first look, so a
 * revival does not raise it; `alive` does that. Units that had not died by the last look are censored there. A death is known only to
 * have come between two looks, and is dated at the later: the true curve lies between this one and the same moved one look to the left.
 * Intervals treat units as independent draws of what such units do; for these very units the counts are exact.
 * @param confidence of bands and intervals, in (0, 1)
 */
export function lifeCycle(sites: readonly (readonly Look[])[], confidence = 0.95): LifeCycle {
  const seen = sites.filter((looks) => looks.length > 0);
  const spells = seen.map(deadSpells);
  const all = spells.flat();
  const subjects = seen.flatMap((looks, site) => subjectsOf(looks, spells[site]));
  const times = seen.flatMap((looks) => looks.map(({ epoch }) => epoch));
  const survival = withHazards(kaplanMeier(subjects, confidence, times));
  const firstDeaths = subjects.filter(({ event }) => event).length;
  const exposure = exposureOf(survival);
  return {
    units: seen.reduce((units, looks) => units + looks[0].dead.length, 0),
    bornDead: all.filter(({ bornDead }) => bornDead).length,
    died: all.filter(({ bornDead }) => !bornDead).length,
    revived: all.filter(({ revived }) => revived).length,
    dead: all.filter(({ revived }) => !revived).length,
    followed: subjects.length,
    everDied: firstDeaths,
    survival,
    hazard: exposure > 0 ? firstDeaths / exposure : null,
    alive: aliveCurve(seen),
    revivals: revivals(all, confidence),
  };
}

/** Time to the first death in epochs, of each unit that was alive at the first look. */
function subjectsOf(looks: readonly Look[], spells: readonly DeadSpell[]) {
  const firstDeath = new Map<number, number>();
  for (const { unit, firstDead } of spells) if (!firstDeath.has(unit)) firstDeath.set(unit, firstDead.epoch);
  const end = looks[looks.length - 1].epoch;
  return looks[0].dead.flatMap((deadAtFirst, unit) =>
    deadAtFirst ? [] : [{ time: firstDeath.get(unit) ?? end, event: firstDeath.has(unit) }],
  );
}

function withHazards(points: readonly SurvivalPoint[]): readonly LookSurvival[] {
  return points.map((point, index) => {
    const exposure = index > 0 ? point.atRisk * (point.time - points[index - 1].time) : 0;
    return { ...point, hazard: exposure > 0 ? point.events / exposure : null };
  });
}

/** Unit-epochs at risk. */
function exposureOf(points: readonly SurvivalPoint[]): number {
  return points.reduce(
    (total, { time, atRisk }, index) => (index > 0 ? total + atRisk * (time - points[index - 1].time) : 0),
    0,
  );
}

/** At the steps at which every site was looked at; of several looks at one step the last. */
function aliveCurve(sites: readonly (readonly Look[])[]): LifeCycle['alive'] {
  const byStep = sites.map((looks) => new Map(looks.map((look) => [look.step, look])));
  return [...(byStep[0]?.values() ?? [])].flatMap(({ step, epoch }) => {
    const looks = byStep.map((site) => site.get(step));
    if (looks.some((look) => !look)) return [];
    const dead = looks.flatMap((look) => look!.dead);
    return [{ step, epoch, units: dead.length, alive: dead.filter((silent) => !silent).length }];
  });
}
