import type { EstimatedMean, Interval, VarianceComponents } from '@reluctant/core';

/** What the intervals, which are of 95 %, say of a finding. */
export type Verdict = 'holds' | 'does not hold' | 'undecided' | 'not tested';

/** A mean over runs, one value a run; the interval is Student's over seeds, and null for a single run. */
export interface OverSeeds {
  readonly mean: number;
  readonly interval: Interval | null;
  readonly runs: number;
}

/** F1: how much of a network has Pr[y>0] below one half at the end. */
export interface BelowHalf {
  readonly network: string;
  /** Sites without a skip connection in front of them, over all runs; and those of them with a mean below 0.5. */
  readonly sites: number;
  readonly below: number;
  /** Share below in each run, over seeds. */
  readonly share: OverSeeds;
  /** Mean of Pr[y>0] over the sites without a skip connection. */
  readonly mean: OverSeeds;
  /** Over those behind an addition; null where there are none. */
  readonly behindSkips: OverSeeds | null;
  /** Of the runs, how many reached convergence. */
  readonly converged: number;
  readonly verdict: Verdict;
}

/** F2: how Pr[y>0] goes with depth at the end. */
export interface FallWithDepth {
  readonly network: string;
  readonly of: 'all sites' | 'no skip';
  readonly sites: number;
  /** Kendall's τ of depth and site mean: −1 where every site fires less than all before it. */
  readonly tau: OverSeeds;
  /** Change of Pr[y>0] from the first to the last of these sites along the Theil–Sen line. */
  readonly change: OverSeeds;
  readonly verdict: Verdict;
}

/** Where in a residual network a site lies. */
export type SitePlace = 'in block' | 'behind addition' | 'elsewhere';

/** F3: Pr[y>0] with skip connections minus that without, at the same site and seed. */
export interface SkipEffect {
  readonly label: string;
  readonly pairs: number;
  readonly sites: readonly {
    readonly name: string;
    readonly depth: number;
    readonly place: SitePlace;
    readonly difference: OverSeeds;
  }[];
  /** Mean over the sites of a place; places without sites are left out. */
  readonly places: readonly { readonly place: SitePlace | 'all'; readonly difference: OverSeeds }[];
  readonly verdict: Verdict;
}

/** How the runs of an arm ended. */
export interface ArmOutcome {
  readonly label: string;
  readonly runs: number;
  readonly diverged: number;
  readonly converged: number;
  /** Over the sites without a skip connection. Null where every run diverged. */
  readonly mean: OverSeeds | null;
  /** Share of those sites below 0.5. */
  readonly below: OverSeeds | null;
  /** Share of all units that fired on no image. */
  readonly dead: OverSeeds | null;
  readonly tau: OverSeeds | null;
  readonly testAccuracy: OverSeeds | null;
}

/** F4: what the initializer makes of it. */
export interface InitializationSpread {
  readonly label: string;
  readonly arms: readonly ArmOutcome[];
  /** Greatest less least of the arms' means. */
  readonly range: number | null;
  /** Of Pr[y>0] and of the dead share; null with fewer than two arms that have two runs each. */
  readonly activation: VarianceComponents | null;
  readonly dead: VarianceComponents | null;
  /** Whether Pr[y>0] ends below 0.5 from every initializer. */
  readonly verdict: Verdict;
}

/** F5: how the time to converge goes with Pr[y>0] at the optimum. */
export interface SlowingDown {
  /** Of the time constant, which goes as p to this power: negative where rarely firing units are slow. */
  readonly theory: number;
  readonly simulated: (Interval & { readonly value: number }) | null;
  readonly rows: readonly {
    readonly probability: number;
    /** Updates; by the theory at the step size, and as simulated. */
    readonly theory: number;
    readonly simulated: (Interval & { readonly value: number }) | null;
  }[];
  readonly verdict: Verdict;
}

/** F6: how often a single unit dies, by initialisation. */
export interface SingleUnitDeath {
  readonly deadBelow: number;
  readonly rows: readonly {
    readonly initialization: string;
    readonly trials: number;
    readonly dead: number;
    /** Wilson's interval for the share of trials over all settings. */
    readonly share: EstimatedMean;
    /** Over the settings (inputs, step size, noise). */
    readonly settings: number;
    readonly least: number;
    readonly greatest: number;
  }[];
  readonly verdict: Verdict;
}

/** When in training Pr[y>0] falls: the mean over the sites without a skip connection. */
export interface TimeCourse {
  readonly network: string;
  readonly points: readonly { readonly epoch: number; readonly activation: OverSeeds; readonly dead: OverSeeds }[];
  /** Before training less at the end. */
  readonly fall: OverSeeds;
  /** Epochs after which half and nine tenths of the fall are over, between measurements along a straight line; null where it does not fall. */
  readonly half: OverSeeds | null;
  readonly most: OverSeeds | null;
}

/** Which runs reached convergence. */
export interface ArmConvergence {
  readonly label: string;
  readonly runs: number;
  readonly diverged: number;
  /** By Pr[y>0], by the training loss, and by either. */
  readonly byActivation: number;
  readonly byLoss: number;
  readonly converged: number;
  /** Over the last epochs of the rule: the largest range of a site's mean, and that of the loss by that of the first epoch; means of the runs. */
  readonly activationRange: number | null;
  readonly lossRange: number | null;
}

export interface PaperFindings {
  readonly belowHalf: readonly BelowHalf[];
  readonly fallWithDepth: readonly FallWithDepth[];
  readonly skipEffects: readonly SkipEffect[];
  readonly initialization: readonly InitializationSpread[];
  readonly slowingDown: SlowingDown | null;
  readonly singleUnitDeath: SingleUnitDeath | null;
  readonly timeCourses: readonly TimeCourse[];
  readonly factors: readonly {
    readonly label: string;
    readonly arms: readonly ArmOutcome[];
    readonly range: number | null;
  }[];
  readonly convergence: readonly ArmConvergence[];
  /** One line a finding, the first six: the table that a study ends in. */
  readonly table: readonly FindingRow[];
}

export interface FindingRow {
  readonly id: 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6';
  /** What was claimed. */
  readonly claim: string;
  /** Where: the network or model. */
  readonly where: string;
  /** What came out, in words and numbers with the interval. */
  readonly result: string;
  readonly verdict: Verdict;
}
