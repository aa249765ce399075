import { finiteOrNull } from './finite-or-null.js';
import { lastComplete, measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** The Pr[y>0] that units would have if their pre-activations were normal, beside the one counted. */
export interface NormalTheory {
  /** Where mean and spread are from: a batch normalisation's scale and shift, or what was measured. */
  readonly from: 'batch normalisation' | 'measured moments';
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  /** From input to output; sites of which the theory says nothing are left out. */
  readonly layers: readonly {
    readonly site: Site;
    /** Per unit. */
    readonly theory: readonly number[];
    readonly counted: readonly number[];
    readonly meanDeviation: number | null;
    readonly largestDeviation: number | null;
  }[];
}

const SOURCES = [
  { from: 'batch normalisation', probe: 'batch-norm-theory', measure: 'theoryPr' },
  { from: 'measured moments', probe: 'pre-activation', measure: 'normalPr' },
] as const;

/** One for each of the two probes that compare with normal pre-activations, at its last measurement on the probe split. */
export function normalTheories(record: RunRecord): readonly NormalTheory[] {
  return SOURCES.flatMap(({ from, probe, measure }) => {
    const last = lastComplete(measurementsOf(record, probe, 'probe-split'));
    if (!last) return [];
    const layers = sitesOf(record).flatMap((site) => {
      const reading = last.readings.get(site.name);
      const theory = reading?.units[measure];
      const counted = reading?.units['pr'];
      if (!reading || !theory?.length || !counted) return [];
      return [
        {
          site,
          theory,
          counted,
          meanDeviation: finiteOrNull(reading.layer['meanDeviation']),
          largestDeviation: finiteOrNull(reading.layer['largestDeviation']),
        },
      ];
    });
    const { step, epoch, images } = last;
    return layers.length > 0 ? [{ from, step, epoch, images, layers }] : [];
  });
}
