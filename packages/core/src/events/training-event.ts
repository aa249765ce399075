import type { AppliedIntervention, WithheldIntervention } from '../intervention/intervention.js';
import type { Reading, UnitTransition } from '../probe/probe.js';
import type { TapSample } from '../probe/tap.js';
import type { JsonValue } from '../simulation/json-value.js';
import type { SimulationMap } from '../simulation/simulation-map.js';
import type { SimulationNote } from '../simulation/simulation-note.js';
import type { SimulationSeries } from '../simulation/simulation-series.js';
import type { SimulationTable } from '../simulation/simulation-table.js';
import type { TheorySeries } from '../simulation/theory-series.js';
import type { RunManifest } from '../store/run-manifest.js';

export type RunStatus = 'completed' | 'interrupted' | 'diverged' | 'failed';

/** Added by the bus. */
export interface Stamp {
  /** Position in the run's event log, from 1; never reused within a run. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
}

interface Position {
  /** Optimizer steps taken. */
  readonly step: number;
  /** Epochs completed, from 0; fractional inside an epoch. */
  readonly epoch: number;
}

/** What a producer publishes: small, immutable, discriminated by `type`. */
export type EventBody =
  | { readonly type: 'run.started'; readonly manifest: RunManifest }
  | ({ readonly type: 'run.resumed' } & Position)
  | ({ readonly type: 'epoch.started'; readonly steps: number; readonly learningRate: number } & Position)
  | ({
      readonly type: 'step.completed';
      readonly loss: number;
      readonly correct: number;
      readonly size: number;
      readonly learningRate: number;
      /** Wall time of the step, seconds. */
      readonly seconds: number;
    } & Position)
  | { readonly type: 'tap.sampled'; readonly sample: TapSample }
  | { readonly type: 'probe.reading'; readonly reading: Reading }
  | ({ readonly type: 'unit.born-dead' } & Omit<UnitTransition, 'transition'>)
  | ({ readonly type: 'unit.died' } & Omit<UnitTransition, 'transition'>)
  | ({ readonly type: 'unit.revived' } & Omit<UnitTransition, 'transition'>)
  | ({ readonly type: 'intervention.applied'; readonly intervention: string } & AppliedIntervention & Position)
  | ({ readonly type: 'intervention.withheld'; readonly intervention: string } & WithheldIntervention & Position)
  | ({
      readonly type: 'evaluation.completed';
      readonly split: 'test' | 'probe';
      readonly loss: number;
      readonly accuracy: number;
      readonly images: number;
    } & Position)
  | ({
      readonly type: 'epoch.completed';
      /** Means over the epoch's training batches, weighted by their size. */
      readonly trainLoss: number;
      readonly trainAccuracy: number;
      readonly seconds: number;
    } & Position)
  | ({ readonly type: 'checkpoint.saved'; readonly checkpoint: string } & Position)
  | { readonly type: 'probe.failed'; readonly probe: string; readonly message: string }
  | { readonly type: 'simulation.sampled'; readonly series: SimulationSeries }
  | { readonly type: 'simulation.predicted'; readonly series: TheorySeries }
  | { readonly type: 'simulation.tabulated'; readonly table: SimulationTable }
  | { readonly type: 'simulation.mapped'; readonly map: SimulationMap }
  | { readonly type: 'simulation.noted'; readonly note: SimulationNote }
  | { readonly type: 'simulation.result'; readonly result: JsonValue }
  | {
      readonly type: 'progress';
      readonly label: string;
      readonly done: number;
      readonly total?: number;
      readonly detail?: string;
    }
  | {
      readonly type: 'run.finished';
      readonly status: RunStatus;
      readonly step: number;
      readonly message?: string;
      readonly code?: string;
    };

export type TrainingEvent = Stamp & EventBody;
export type EventType = EventBody['type'];
export type EventOf<T extends EventType> = Extract<TrainingEvent, { readonly type: T }>;
