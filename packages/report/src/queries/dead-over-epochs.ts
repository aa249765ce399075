import { finiteOrNull } from './finite-or-null.js';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';

/** Units that never fired and that are nearly dead, over all sites, at one measurement. */
export interface DeadCount {
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  readonly units: number;
  readonly neverFired: number;
  /** Those that never fired included. */
  readonly nearlyDead: number;
}

/** At every measurement of the probe split that covers as many units as any. */
export function deadOverEpochs(record: RunRecord): readonly DeadCount[] {
  const counts = measurementsOf(record, 'dead-units', 'probe-split').map(({ step, epoch, images, readings }) => {
    const total = (name: string) =>
      [...readings.values()].reduce((sum, { layer }) => sum + (finiteOrNull(layer[name]) ?? 0), 0);
    return {
      step,
      epoch,
      images,
      units: total('units'),
      neverFired: total('neverFired'),
      nearlyDead: total('nearlyDead'),
    };
  });
  const most = Math.max(0, ...counts.map(({ units }) => units));
  return counts.filter(({ units }) => units > 0 && units === most);
}
