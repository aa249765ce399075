import { wilsonInterval, type JsonValue } from '@reluctant/core';
import { z } from 'zod';
import type { SingleUnitDeath, Verdict } from '../findings.js';
import { readPublished } from './read-published.js';

/** The part of what `single-unit death --json` prints that is told here. */
const deathSchema = z.object({
  deadBelow: z.number(),
  trials: z.number().int().min(1),
  cells: z.array(z.object({ initialization: z.string(), dead: z.object({ value: z.number().min(0).max(1) }) })),
});

/**
 * F6: how many trials end dead, by initialisation, over all settings. Settings are chosen and not drawn, so that the interval is for these
 * settings together; the least and the greatest of them stand beside it. It holds where each interval leaves out 0.
 * @throws `RUN_CORRUPT` where the result is not one of death
 */
export function singleUnitDeath(death: JsonValue | null): SingleUnitDeath | null {
  if (death === null) return null;
  const { deadBelow, trials, cells } = readPublished(deathSchema, death, 'death');
  const names = [...new Set(cells.map(({ initialization }) => initialization))];
  const rows = names.map((initialization) => {
    const shares = cells.filter((cell) => cell.initialization === initialization).map(({ dead }) => dead.value);
    const all = shares.length * trials;
    const dead = shares.reduce((sum, share) => sum + Math.round(share * trials), 0);
    return {
      initialization,
      trials: all,
      dead,
      share: { mean: dead / all, ...wilsonInterval(dead / all, all) },
      settings: shares.length,
      least: Math.min(...shares),
      greatest: Math.max(...shares),
    };
  });
  return { deadBelow, rows, verdict: verdictOf(rows) };
}

function verdictOf(rows: SingleUnitDeath['rows']): Verdict {
  if (rows.length === 0) return 'not tested';
  return rows.every(({ share }) => share.lower > 0) ? 'holds' : 'undecided';
}
