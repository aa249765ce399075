import type { Reading } from '@reluctant/core';
import { finiteOrNull } from './finite-or-null.js';
import { headlineSeries, lastComplete, measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** What the secondary probes say of each layer at their last measurement. */
export interface LayerDiagnostics {
  /** Threshold of the dormant probe. */
  readonly tau: number | null;
  readonly dormantImages: number | null;
  readonly sparsityImages: number | null;
  readonly layers: readonly {
    readonly site: Site;
    /** τ-dormant units (Sokar et al. 2023). */
    readonly dormant: number | null;
    /** Zeros / elements of the layer. Not a measure of dead units. */
    readonly elementSparsity: number | null;
  }[];
}

/** Undefined where neither the dormant nor the activation-stats probe ran. */
export function layerDiagnostics(record: RunRecord): LayerDiagnostics | undefined {
  const last = (probe: string) => {
    const on = headlineSeries(record, probe);
    return on && lastComplete(measurementsOf(record, probe, on));
  };
  const dormant = last('dormant');
  const stats = last('activation-stats');
  if (!dormant && !stats) return undefined;
  const value = (reading: Reading | undefined, name: string) => finiteOrNull(reading?.layer[name]);
  return {
    tau: value(dormant && [...dormant.readings.values()][0], 'tau'),
    dormantImages: dormant?.images ?? null,
    sparsityImages: stats?.images ?? null,
    layers: sitesOf(record).map((site) => ({
      site,
      dormant: value(dormant?.readings.get(site.name), 'dormant'),
      elementSparsity: value(stats?.readings.get(site.name), 'elementSparsity'),
    })),
  };
}
