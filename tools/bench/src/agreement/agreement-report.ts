import type { Sides } from '../engine/engine-report.js';
import type { EngineSettings } from '../engine/engine-settings.js';
import type { Machine } from '../machine.js';
import type { KindAgreement } from './array-kinds.js';
import type { ArrayDifference } from './differences.js';
import type { RatioRange } from './ratio-range.js';
import type { StepDifference } from './step-difference.js';

/** One step, the first being 1: ours against PyTorch. */
export interface StepAgreement extends StepDifference {
  readonly step: number;
  /** Mean loss of the batch before the update. */
  readonly ours: number;
  readonly pytorch: number;
  /** PyTorch in its channels-last layout against PyTorch. */
  readonly yardstick: StepDifference;
}

export interface StateAgreement {
  /** Steps taken. */
  readonly step: number;
  /** Of every parameter, moving statistic and velocity, by name: ours against PyTorch. */
  readonly arrays: Readonly<Record<string, ArrayDifference>>;
  /** Of the same: PyTorch in its channels-last layout against PyTorch. */
  readonly yardstick: Readonly<Record<string, ArrayDifference>>;
  readonly kinds: readonly KindAgreement[];
  /** Of every array's difference over its yardstick; left out where there is none to form. */
  readonly ratio?: RatioRange;
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
