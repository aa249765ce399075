import type { OverSeeds, SitePlace, SkipEffect, Verdict } from '../findings.js';
import type { StudyResults, StudySite, TrainedRun } from '../study-results.js';
import { completedRuns, finalSites } from './final-sites.js';
import { DIFFERENCES, overSeeds } from './over-seeds.js';

type Pair = StudyResults['skips'][number];

/**
 * F3 of a pair: a site of a run with skip connections less the same site of the run without them of the same seed, which began with the same
 * weights and saw the same batches. Sites by themselves are a description; what is judged is the mean over those behind additions, where the
 * paper's "layers with skip connections" are, or over all where there are none. It holds where its interval leaves out 0, and is undecided
 * otherwise: no interval shows that there is no difference. Nothing without a completed pair.
 */
export function skipEffect({ label, with: having, without }: Pair): SkipEffect | undefined {
  const others = new Map(completedRuns(without).map((run) => [run.seed, run]));
  const pairs = completedRuns(having).flatMap((run) => {
    const other = others.get(run.seed);
    return other ? [differences(run, other)] : [];
  });
  const [first] = pairs;
  if (!first || first.size === 0) return undefined;
  const sites = [...first.values()].map(({ site, place }) => ({
    name: site.name,
    depth: site.depth,
    place,
    difference: overSeeds(
      pairs.map((pair) => pair.get(site.name)!.difference),
      DIFFERENCES,
    ),
  }));
  const places = (['all', 'behind addition', 'in block', 'elsewhere'] as const).flatMap((place) => {
    const names = sites.filter((site) => place === 'all' || site.place === place).map(({ name }) => name);
    if (names.length === 0) return [];
    const means = pairs.map((pair) => names.reduce((sum, name) => sum + pair.get(name)!.difference, 0) / names.length);
    return [{ place, difference: overSeeds(means, DIFFERENCES) }];
  });
  const judged = places.find(({ place }) => place === 'behind addition') ?? places[0]!;
  return { label, pairs: pairs.length, sites, places, verdict: verdictOf(judged.difference) };
}

/** At the sites that both runs have, by name. */
function differences(having: TrainedRun, without: TrainedRun) {
  const others = new Map(finalSites(without).map(({ site, activation }) => [site.name, activation]));
  const blocks = new Set(having.sites.filter(({ skip }) => skip).map(({ name }) => blockOf(name)));
  return new Map(
    finalSites(having).flatMap(({ site, activation }) => {
      const other = others.get(site.name);
      return other === undefined
        ? []
        : [[site.name, { site, place: placeOf(site, blocks), difference: activation - other }] as const];
    }),
  );
}

function placeOf(site: StudySite, blocks: ReadonlySet<string>): SitePlace {
  if (site.skip) return 'behind addition';
  return blocks.has(blockOf(site.name)) ? 'in block' : 'elsewhere';
}

/** `stage1_block2_relu1` → `stage1_block2`. */
function blockOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('_')));
}

function verdictOf({ interval }: OverSeeds): Verdict {
  return interval && (interval.lower > 0 || interval.upper < 0) ? 'holds' : 'undecided';
}
