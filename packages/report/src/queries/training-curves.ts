import type { RunRecord } from './run-record.js';
import { chunks } from './chunks.js';

/** One row an epoch mark. Numbers are as recorded: a diverged loss is NaN or infinite. */
export interface EpochRow {
  /** Epochs completed. */
  readonly epoch: number;
  readonly trainLoss?: number;
  readonly trainAccuracy?: number;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
}

export interface TrainingCurves {
  readonly rows: readonly EpochRow[];
  /** Training loss step by step, thinned to means of consecutive steps. Non-finite steps are left out of the means. */
  readonly steps: readonly { readonly epoch: number; readonly loss: number }[];
  readonly stepsPerPoint: number;
  /** Images of the test split behind each test number; undefined where it was never evaluated. */
  readonly testImages?: number;
  /** First step with a loss that is not a finite number. */
  readonly divergedAt?: number;
}

/** Loss and accuracy through training; undefined where not one step was recorded. */
export function trainingCurves(record: RunRecord, mostPoints = 200): TrainingCurves | undefined {
  const rows = new Map<number, EpochRow>();
  const merge = (row: EpochRow) => rows.set(row.epoch, { ...rows.get(row.epoch), ...row });
  for (const { epoch, trainLoss, trainAccuracy } of record.epochs) merge({ epoch, trainLoss, trainAccuracy });
  for (const { epoch, loss, accuracy } of record.evaluations) merge({ epoch, testLoss: loss, testAccuracy: accuracy });
  if (rows.size === 0 && record.steps.length === 0) return undefined;

  const parts = chunks(record.steps, mostPoints);
  const steps = parts.flatMap((part) => {
    const finite = part.filter((event) => Number.isFinite(event.loss));
    if (finite.length === 0) return [];
    const mean = (of: (event: (typeof finite)[number]) => number) =>
      finite.reduce((sum, event) => sum + of(event), 0) / finite.length;
    return [{ epoch: mean((event) => event.epoch), loss: mean((event) => event.loss) }];
  });
  return {
    rows: [...rows.values()].sort((a, b) => a.epoch - b.epoch),
    steps,
    stepsPerPoint: Math.max(0, ...parts.map((part) => part.length)),
    testImages: record.evaluations.at(-1)?.images,
    divergedAt: record.steps.find((event) => !Number.isFinite(event.loss))?.step,
  };
}
