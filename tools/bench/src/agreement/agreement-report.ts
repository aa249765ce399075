import type { Sides } from '../engine/engine-report.js';
import type { EngineSettings } from '../engine/engine-settings.js';
import type { Machine } from '../machine.js';
import type { ArrayDifference, CounterDifference } from './differences.js';

/** One step, the first being 1. */
export interface StepAgreement extends CounterDifference {
  readonly step: number;
  /** Mean loss of the batch before the update. */
  readonly ours: number;
  readonly pytorch: number;
  /** |difference| / PyTorch's. */
  readonly loss: number;
  /** Images that one side more than the other classifies correctly. */
  readonly correct: number;
}

export interface StateAgreement {
  /** Steps taken. */
  readonly step: number;
  /** Of every parameter, moving statistic and velocity, by name. */
  readonly arrays: Readonly<Record<string, ArrayDifference>>;
}

/** One network and batch size. */
export interface NetworkAgreement {
  readonly architecture: string;
  readonly batch: number;
  readonly steps: readonly StepAgreement[];
  /** After the first step, and after the last. */
  readonly states: readonly StateAgreement[];
}

export interface AgreementReport extends Sides {
  readonly benchmark: 'agreement';
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly machine: Machine;
  readonly settings: EngineSettings;
  /** Kind of the data set. */
  readonly images?: string;
  /** Empty where PyTorch is missing. */
  readonly networks: readonly NetworkAgreement[];
}
