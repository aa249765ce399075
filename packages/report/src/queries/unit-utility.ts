import { quantile } from '@reluctant/core';
import { finiteOrNull } from './finite-or-null.js';
import { lastComplete, measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** Contribution utility of every unit: its mean output times the weights that leave it (Dohare et al. 2024). */
export interface UnitUtility {
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  /** From input to output. */
  readonly layers: readonly {
    readonly site: Site;
    /** Per unit. */
    readonly utility: readonly number[];
    readonly mean: number | null;
    readonly lowerQuartile: number | null;
    readonly median: number | null;
    readonly upperQuartile: number | null;
    /** Units with utility 0. */
    readonly useless: number;
  }[];
}

/** At the last measurement; undefined where the probe `utility` did not run. */
export function unitUtility(record: RunRecord): UnitUtility | undefined {
  const last = lastComplete(measurementsOf(record, 'utility', 'probe-split'));
  if (!last) return undefined;
  const layers = sitesOf(record).flatMap((site) => {
    const reading = last.readings.get(site.name);
    const utility = reading?.units['utility'];
    if (!reading || !utility?.length) return [];
    const finite = utility.filter(Number.isFinite);
    const at = (p: number) => (finite.length > 0 ? quantile(finite, p) : null);
    return [
      {
        site,
        utility,
        mean: finiteOrNull(reading.layer['mean']),
        lowerQuartile: at(0.25),
        median: at(0.5),
        upperQuartile: at(0.75),
        useless: utility.filter((value) => value === 0).length,
      },
    ];
  });
  const { step, epoch, images } = last;
  return layers.length > 0 ? { step, epoch, images, layers } : undefined;
}
