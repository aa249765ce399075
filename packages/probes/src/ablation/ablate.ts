import { mean, type Predictions } from '@reluctant/core';
import { compareOutcomes, type AblationEffect } from './compare-outcomes.js';
import { imageOutcomes, type ImageOutcomes } from './image-outcomes.js';
import { RandomEffects, type RandomEffect } from './random-effect.js';
import { atSite, countUnits, type UnitSelection } from './unit-selection.js';

export interface AblationPlan {
  /** The units whose part is asked for. */
  readonly flagged: UnitSelection;
  /** Sets of live units to compare with. */
  readonly random: readonly UnitSelection[];
  /** Names of the splits to measure on. */
  readonly splits: readonly string[];
  readonly labelSmoothing: number;
  readonly confidence: number;
}

/** The network as it stands, on one split. */
export interface WholeNetwork {
  readonly split: string;
  readonly images: number;
  readonly accuracy: number;
  readonly loss: number;
}

/** What taking units away does, on one split. */
export interface AblationOnSplit {
  readonly split: string;
  readonly images: number;
  readonly flagged: AblationEffect;
  /** Null where no random live units were taken away. */
  readonly random: RandomEffect | null;
}

/** What taking away the flagged units of one site, or of all, does. */
export interface AblationScope {
  /** Null: all sites together. */
  readonly site: string | null;
  /** Numbers of units: flagged, and live ones in a random set. */
  readonly flagged: number;
  readonly random: number;
  readonly splits: readonly AblationOnSplit[];
}

export interface Ablation {
  readonly whole: readonly WholeNetwork[];
  /** One a site with flagged units, in order; with several such sites, one of all of them together comes last. */
  readonly scopes: readonly AblationScope[];
}

/** What the network says of a split's images, in their order, without these units. */
export type PredictWithout = (removed: UnitSelection, split: string) => Promise<Predictions>;

/** What is taken away together, in the order of the results. */
export function ablationScopes({ flagged }: Pick<AblationPlan, 'flagged'>): readonly (string | null)[] {
  const sites = [...flagged.keys()];
  return sites.length > 1 ? [...sites, null] : sites;
}

/** How often each split is predicted: the whole network first, then every scope without its flagged units and each of its random sets. */
export function ablationPasses(plan: Pick<AblationPlan, 'flagged' | 'random'>): number {
  return 1 + ablationScopes(plan).length * (1 + plan.random.length);
}

/**
 * Confirms by taking them away what units contribute: sets the outputs of the flagged units to zero, site by site and all together, and
 * compares logits, loss and accuracy image by image with the whole network's, and with what taking away as many live units does.
 */
export async function ablate(plan: AblationPlan, predict: PredictWithout): Promise<Ablation> {
  const { flagged, random, splits, labelSmoothing, confidence } = plan;
  const outcomesWithout = async (removed: UnitSelection, split: string) =>
    imageOutcomes(await predict(removed, split), labelSmoothing);
  const whole = new Map<string, ImageOutcomes>();
  for (const split of splits) whole.set(split, await outcomesWithout(new Map(), split));

  const scopes: AblationScope[] = [];
  for (const site of ablationScopes(plan)) {
    const part = (selection: UnitSelection) => (site === null ? selection : atSite(selection, site));
    const sets = random.map(part).filter((set) => set.size > 0);
    const results: AblationOnSplit[] = [];
    for (const split of splits) {
      const before = whole.get(split)!;
      const effect = compareOutcomes(before, await outcomesWithout(part(flagged), split), confidence);
      const effects = new RandomEffects(before, confidence);
      for (const set of sets) effects.add(await outcomesWithout(set, split));
      results.push({
        split,
        images: before.correct.length,
        flagged: effect,
        random: sets.length > 0 ? effects.effect() : null,
      });
    }
    scopes.push({
      site,
      flagged: countUnits(part(flagged)),
      random: sets.length > 0 ? countUnits(sets[0]) : 0,
      splits: results,
    });
  }
  return { whole: [...whole].map(([split, outcomes]) => wholeNetwork(split, outcomes)), scopes };
}

function wholeNetwork(split: string, { correct, losses }: ImageOutcomes): WholeNetwork {
  return { split, images: correct.length, accuracy: mean(correct), loss: mean(losses) };
}
