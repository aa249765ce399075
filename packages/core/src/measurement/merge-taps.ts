import { STATISTICS, type Statistic } from '../probe/statistic.js';
import type { Tap } from '../probe/tap.js';

/**
 * One tap for every (site, at, on) that any of `taps` asks for, with all statistics asked for there. Taps keep the order in
 * which they first appear, statistics that of the vocabulary, so equal requests give equal plans.
 */
export function mergeTaps(taps: readonly Tap[]): readonly Tap[] {
  const merged = new Map<string, { readonly tap: Tap; readonly wanted: Set<Statistic> }>();
  for (const tap of taps) {
    const key = JSON.stringify([tap.site, tap.at, tap.on]);
    const entry = merged.get(key) ?? { tap, wanted: new Set() };
    for (const statistic of tap.statistics) entry.wanted.add(statistic);
    merged.set(key, entry);
  }
  return [...merged.values()].map(({ tap, wanted }) => ({
    site: tap.site,
    at: tap.at,
    on: tap.on,
    statistics: STATISTICS.filter((statistic) => wanted.has(statistic)),
  }));
}
