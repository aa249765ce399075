import type { RunRecord } from './run-record.js';
import { finiteOrNull } from './finite-or-null.js';

/** Where training stood at the end. `null` for what was not recorded or is not a finite number. */
export interface FinalState {
  readonly step: number;
  /** Epochs completed, fractional inside an epoch. */
  readonly epoch: number;
  readonly trainLoss: number | null;
  readonly trainAccuracy: number | null;
  /** The completed epoch that the training numbers are means of. */
  readonly trainEpoch: number | null;
  readonly testLoss: number | null;
  readonly testAccuracy: number | null;
  readonly testImages: number | null;
  /** Step after which the test numbers were taken: earlier than `step` where the run ended within an epoch. */
  readonly testStep: number | null;
}

/** The last numbers of every kind that the log holds. */
export function finalState(record: RunRecord): FinalState {
  const epoch = record.epochs.at(-1);
  const test = record.evaluations.at(-1);
  const positions = [record.steps.at(-1), epoch, test].filter((event) => event !== undefined);
  return {
    step: Math.max(0, record.finished?.step ?? 0, ...positions.map((event) => event.step)),
    epoch: Math.max(0, ...positions.map((event) => event.epoch)),
    trainLoss: finiteOrNull(epoch?.trainLoss),
    trainAccuracy: finiteOrNull(epoch?.trainAccuracy),
    trainEpoch: finiteOrNull(epoch?.epoch),
    testLoss: finiteOrNull(test?.loss),
    testAccuracy: finiteOrNull(test?.accuracy),
    testImages: test?.images ?? null,
    testStep: test?.step ?? null,
  };
}
