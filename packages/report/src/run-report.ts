import type { RunStatus, SimulationNote, SimulationSeries, SimulationTable, TapSeries } from '@reluctant/core';
import type { InterventionTotals } from './queries/interventions.js';
import type { FinalState } from './queries/final-state.js';

/** Pr[y>0] and dead units of one ReLU site at the last measurement. `null` where it was not measured. */
export interface LayerReport {
  readonly site: string;
  /** 1 nearest to the input. */
  readonly depth: number;
  readonly kind: 'conv' | 'dense';
  readonly units: number;
  readonly positions: number;
  readonly skip: boolean;
  readonly mean: number | null;
  /** Bootstrap interval for the mean, over images. */
  readonly meanLower: number | null;
  readonly meanUpper: number | null;
  /** Elements behind each unit's Pr[y>0]: images × positions. */
  readonly elements: number | null;
  readonly median: number | null;
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly belowHalf: number | null;
  readonly neverFired: number | null;
  /** Those that never fired included. */
  readonly nearlyDead: number | null;
  readonly dormant: number | null;
  /** Zeros / elements of the layer; not a measure of dead units. */
  readonly elementSparsity: number | null;
}

interface MeasuredOn {
  /** `probe-split`: fixed images, evaluation mode. `training-step`: training batches, training mode. */
  readonly on: TapSeries;
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  readonly units: number;
}

export interface TheoryReport {
  readonly name: string;
  readonly group: string;
  readonly theory: string;
  /** Places of the axis at which both are known, and those of them at which theory is outside the band. */
  readonly compared: number;
  readonly outside: number;
  /** Farthest from the mean. `standardErrors` is null where all trials agree and theory does not. */
  readonly largest: {
    readonly x: number;
    readonly standardErrors: number | null;
    readonly difference: number;
  } | null;
}

export type CellReport =
  | string
  | number
  | null
  | { readonly value: number | null; readonly lower: number | null; readonly upper: number | null };

/** What the report says of a run, as plain data: every number is finite or `null`, so JSON keeps it. */
export interface RunReport {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** `running` where no end was recorded: still going, or killed. */
  readonly status: RunStatus | 'running';
  /** The status in a sentence, with the run's own message. */
  readonly statusSentence: string;
  readonly seed: number;
  readonly engine: string | null;
  readonly dataset: string | null;
  readonly architecture: string | null;
  readonly parameters: number | null;
  readonly final: FinalState;
  /** Mean Pr[y>0] over all units. */
  readonly activation:
    | (MeasuredOn & {
        readonly mean: number;
        /** Of the layers' intervals. */
        readonly confidence: number | null;
      })
    | null;
  readonly dead:
    | (MeasuredOn & {
        readonly neverFired: number;
        readonly nearlyDead: number;
        readonly epsilon: number | null;
        readonly confidence: number | null;
        /** One-sided upper bound on Pr[fires on an image] of a unit that never fired. */
        readonly neverFiredUpper: number | null;
      })
    | null;
  readonly lifeCycle: { readonly bornDead: number; readonly died: number; readonly revived: number } | null;
  /** From input to output. */
  readonly layers: readonly LayerReport[];
  /** The last point of every simulated curve. */
  readonly simulations: readonly (Pick<SimulationSeries, 'name' | 'group' | 'band' | 'trials' | 'trialName'> & {
    readonly points: number;
    /** What x is. */
    readonly axis: string;
    readonly last: {
      readonly x: number | null;
      readonly mean: number | null;
      readonly lower: number | null;
      readonly upper: number | null;
    } | null;
  })[];
  /** How far each computed curve is from the simulated one beside it. */
  readonly theories: readonly TheoryReport[];
  /** Numbers in them are finite or `null`. */
  readonly tables: readonly (Omit<SimulationTable, 'rows'> & { readonly rows: readonly (readonly CellReport[])[] })[];
  /** Titles of the maps, which only the page shows. */
  readonly maps: readonly string[];
  readonly notes: readonly SimulationNote[];
  readonly interventions: readonly InterventionTotals[];
  readonly probeFailures: readonly { readonly probe: string; readonly message: string }[];
}
