import type { TapSeries } from '@reluctant/core';
import { finiteOrNull } from './finite-or-null.js';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

export interface ActivationOverEpochs {
  readonly on: TapSeries;
  readonly images: number;
  readonly steps: readonly number[];
  readonly epochs: readonly number[];
  readonly layers: readonly {
    readonly site: Site;
    /** Mean Pr[y>0] of the layer per measurement; `null` where the site was not measured. */
    readonly means: readonly (number | null)[];
  }[];
}

/** The layer means of Pr[y>0] through training; undefined with fewer than two measurements, which make no curve. */
export function activationOverEpochs(record: RunRecord, on: TapSeries): ActivationOverEpochs | undefined {
  const measurements = measurementsOf(record, 'activation-probability', on);
  if (measurements.length < 2) return undefined;
  const layers = sitesOf(record)
    .map((site) => ({
      site,
      means: measurements.map(({ readings }) => finiteOrNull(readings.get(site.name)?.layer['mean'])),
    }))
    .filter((layer) => layer.means.some((mean) => mean !== null));
  if (layers.length === 0) return undefined;
  return {
    on,
    images: measurements.at(-1)!.images,
    steps: measurements.map((measurement) => measurement.step),
    epochs: measurements.map((measurement) => measurement.epoch),
    layers,
  };
}
