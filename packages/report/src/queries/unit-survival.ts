import { lifeCycle, type Look, type LookSurvival } from '@reluctant/core';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** How long units that fired at the first look go on without a look at which they are silent. */
export interface SurvivalCurve {
  /** Absent for all sites together. */
  readonly site?: Site;
  /** Units alive at the first look, which are those that are followed. */
  readonly followed: number;
  /** Of them, those that died at least once. */
  readonly everDied: number;
  /** At each look; `time` in epochs. */
  readonly points: readonly Pick<
    LookSurvival,
    'time' | 'atRisk' | 'events' | 'survival' | 'lower' | 'upper' | 'standardError'
  >[];
}

export interface UnitSurvival {
  /** Of the intervals. */
  readonly confidence: number;
  /** Images of the probe split at each look. */
  readonly images: number;
  readonly all: SurvivalCurve;
  /** From input to output; sites without a unit to follow are left out. */
  readonly layers: readonly SurvivalCurve[];
}

/** Kaplan and Meier's curves to the first death; undefined where units were looked at fewer than twice or all were born dead. */
export function unitSurvival(record: RunRecord, confidence = 0.95): UnitSurvival | undefined {
  const measurements = measurementsOf(record, 'unit-lifecycle', 'probe-split');
  if (measurements.length < 2) return undefined;
  const seen = sitesOf(record).map((site) => ({
    site,
    looks: measurements.flatMap(({ step, epoch, images, readings }): readonly Look[] => {
      const dead = readings.get(site.name)?.units['dead'];
      return dead ? [{ step, epoch, images, dead: dead.map((flag) => flag === 1) }] : [];
    }),
  }));
  const curve = (looks: readonly (readonly Look[])[]): SurvivalCurve => {
    const { followed, everDied, survival } = lifeCycle(looks, confidence);
    return { followed, everDied, points: survival };
  };
  const all = curve(seen.map(({ looks }) => looks));
  if (all.followed === 0) return undefined;
  return {
    confidence,
    images: measurements.at(-1)!.images,
    all,
    layers: seen.map(({ site, looks }) => ({ site, ...curve([looks]) })).filter(({ followed }) => followed > 0),
  };
}
