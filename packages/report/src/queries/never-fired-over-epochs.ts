import type { TapSeries } from '@reluctant/core';
import { finiteOrNull } from './finite-or-null.js';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf } from './sites.js';

export interface NeverFiredOverEpochs {
  readonly steps: readonly number[];
  readonly epochs: readonly number[];
  readonly layers: readonly {
    readonly site: string;
    readonly units: number;
    /** Units that fired on none of the images, by measurement; `null` where the site was not measured. */
    readonly counts: readonly (number | null)[];
  }[];
}

/** How many units of each layer never fired, through training; undefined with fewer than two measurements. */
export function neverFiredOverEpochs(record: RunRecord, on: TapSeries): NeverFiredOverEpochs | undefined {
  const measurements = measurementsOf(record, 'dead-units', on);
  if (measurements.length < 2) return undefined;
  return {
    steps: measurements.map(({ step }) => step),
    epochs: measurements.map(({ epoch }) => epoch),
    layers: sitesOf(record)
      .map(({ name, units }) => ({
        site: name,
        units,
        counts: measurements.map(({ readings }) => finiteOrNull(readings.get(name)?.layer['neverFired'])),
      }))
      .filter(({ counts }) => counts.some((count) => count !== null)),
  };
}
