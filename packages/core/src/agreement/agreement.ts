import { UNIT_DEFINITIONS, type UnitDefinition, type UnitFlags } from './unit-definitions.js';

/** How many units a definition flags, of those that it could judge. */
export interface DefinitionCount {
  readonly definition: UnitDefinition;
  readonly flagged: number;
  readonly units: number;
}

/** How two definitions' sets of units lie to each other. */
export type Containment = 'equal' | 'within' | 'contains';

/** Two definitions on the units that both could judge. */
export interface PairAgreement {
  readonly a: UnitDefinition;
  readonly b: UnitDefinition;
  readonly units: number;
  /** |A|, |B|, |A∩B| and |A∪B| there. */
  readonly flaggedByA: number;
  readonly flaggedByB: number;
  readonly both: number;
  readonly either: number;
  /** |A∩B| / |A∪B| (Jaccard 1901); `null` where neither flags a unit, which is no agreement. */
  readonly jaccard: number | null;
  /** Whether A lies within B, contains it, or equals it; `null` where neither holds, or where either is empty: that proves nothing. */
  readonly containment: Containment | null;
}

export interface Agreement {
  /** The definitions that could be judged, in their order. */
  readonly definitions: readonly DefinitionCount[];
  /** Every two of them once, in their order. */
  readonly pairs: readonly PairAgreement[];
}

/**
 * Compares what definitions flag on the same units.
 * @param sites flags of one site, or of several that are taken together; a definition counts over the sites that could judge it, a pair
 *   over those that could judge both
 */
export function agreement(sites: readonly UnitFlags[]): Agreement {
  const judged = UNIT_DEFINITIONS.filter((definition) => sites.some((flags) => flags[definition]));
  return {
    definitions: judged.map((definition) => {
      const flags = sites.flatMap((site) => site[definition] ?? []);
      return { definition, flagged: countSet(flags), units: flags.length };
    }),
    pairs: judged.flatMap((a, index) => judged.slice(index + 1).map((b) => pair(sites, a, b))),
  };
}

function pair(sites: readonly UnitFlags[], a: UnitDefinition, b: UnitDefinition): PairAgreement {
  const common = sites.filter((site) => site[a] && site[b]);
  const inA = common.flatMap((site) => site[a]!);
  const inB = common.flatMap((site) => site[b]!);
  const flaggedByA = countSet(inA);
  const flaggedByB = countSet(inB);
  const both = countSet(inA.map((flag, unit) => flag && inB[unit]));
  const either = flaggedByA + flaggedByB - both;
  return {
    a,
    b,
    units: inA.length,
    flaggedByA,
    flaggedByB,
    both,
    either,
    jaccard: either > 0 ? both / either : null,
    containment: containmentOf(flaggedByA, flaggedByB, both),
  };
}

function containmentOf(a: number, b: number, both: number): Containment | null {
  if (both === 0) return null;
  if (a === both) return b === both ? 'equal' : 'within';
  return b === both ? 'contains' : null;
}

function countSet(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}
