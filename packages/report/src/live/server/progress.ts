import type { Progress } from '../api.js';
import type { LiveRecord } from './live-record.js';

/**
 * How far a run is; `null` for one that does not train, or has not begun.
 *
 * @param alive whether it goes on, so that time is left
 */
export function progressOf(record: LiveRecord, alive: boolean): Progress | null {
  const { last, stepsPerEpoch, lastStep } = record;
  if (!last) return null;
  const epochs = epochsOf(record.manifest.config);
  return {
    epoch: last.epoch,
    epochs,
    step: lastStep?.step ?? 0,
    steps: epochs !== null && stepsPerEpoch !== undefined ? epochs * stepsPerEpoch : null,
    secondsLeft: alive && record.status === 'running' && epochs !== null ? secondsLeft(record, epochs) : null,
  };
}

/** As fast as since the run began or was taken up again, evaluations and measurements included. */
function secondsLeft({ first, last }: LiveRecord, epochs: number): number | null {
  if (!first || !last || last.epoch <= first.epoch) return null;
  const secondsPerEpoch = (last.time - first.time) / 1000 / (last.epoch - first.epoch);
  return Math.max(0, epochs - last.epoch) * secondsPerEpoch;
}

function epochsOf({ training }: LiveRecord['manifest']['config']): number | null {
  const epochs = typeof training === 'object' && training !== null && 'epochs' in training ? training.epochs : null;
  return typeof epochs === 'number' && Number.isFinite(epochs) ? epochs : null;
}
