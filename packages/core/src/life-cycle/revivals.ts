import { clopperPearsonInterval, type Interval } from '../measurement/intervals.js';
import { quantile } from '../measurement/moments.js';
import type { DeadSpell } from './dead-spells.js';
import { kaplanMeier, type SurvivalPoint } from './kaplan-meier.js';

/** How many of some spells ended in a revival. */
export interface RevivalCount {
  /** Spells, a unit that dies twice counting twice. */
  readonly spells: number;
  /** Those that were looked at again after their first look. Of the others nothing can be said. */
  readonly followed: number;
  /** Those that ended in a revival: the death was tentative. */
  readonly revived: number;
  /** revived / followed; `null` where none was followed. */
  readonly share: number | null;
  /** Clopper and Pearson's interval for `share`, spells as independent trials. */
  readonly interval: Interval | null;
}

/** Who revives: of the units that died, and apart from them of those born dead. */
export interface Revivals {
  readonly died: RevivalCount;
  readonly bornDead: RevivalCount;
  /**
   * Epochs from the first silent look to the look at which the unit fired again, over all revived spells; `null` where there is none.
   * Each is known to within the two intervals between looks in which the spell began and ended.
   */
  readonly spellEpochs: { readonly min: number; readonly median: number; readonly max: number } | null;
  /**
   * The share of spells that began by dying which last longer than `time` epochs after their first silent look. Unlike `share` it takes
   * into account that later deaths were followed for less long.
   */
  readonly stillDead: readonly SurvivalPoint[];
}

/** @param confidence of the intervals, in (0, 1) */
export function revivals(spells: readonly DeadSpell[], confidence = 0.95): Revivals {
  const died = spells.filter(({ bornDead }) => !bornDead);
  const lengths = spells.flatMap(({ firstDead, revived }) => (revived ? [revived.epoch - firstDead.epoch] : []));
  return {
    died: countOf(died, confidence),
    bornDead: countOf(spells.filter(({ bornDead }) => bornDead), confidence), // prettier-ignore
    spellEpochs:
      lengths.length > 0
        ? { min: quantile(lengths, 0), median: quantile(lengths, 0.5), max: quantile(lengths, 1) }
        : null,
    stillDead: kaplanMeier(
      died.map(({ firstDead, lastDead, revived }) => ({
        time: (revived ?? lastDead).epoch - firstDead.epoch,
        event: revived !== null,
      })),
      confidence,
    ),
  };
}

function countOf(spells: readonly DeadSpell[], confidence: number): RevivalCount {
  const revived = spells.filter((spell) => spell.revived).length;
  const followed = spells.filter((spell) => spell.revived || spell.lastDead !== spell.firstDead).length;
  return {
    spells: spells.length,
    followed,
    revived,
    share: followed > 0 ? revived / followed : null,
    interval: followed > 0 ? clopperPearsonInterval(revived, followed, confidence) : null,
  };
}
