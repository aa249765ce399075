import { finiteOrNull } from './finite-or-null.js';
import { lastComplete, measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** Units that provably never fire for any input in the range of the data, with the weights of the last measurement. */
export interface Certificates {
  readonly step: number;
  readonly epoch: number;
  readonly units: number;
  readonly certified: number;
  /** From input to output. */
  readonly layers: readonly {
    readonly site: Site;
    readonly units: number;
    readonly certified: number;
    /** Units that fired on no image of the probe split at the same step; `null` where that was not measured. */
    readonly neverFired: number | null;
    /** Units whose bound is not a number, as it would leave float32. */
    readonly unbounded: number;
  }[];
}

/** Undefined where the probe `certified-dead` did not run. */
export function certificates(record: RunRecord): Certificates | undefined {
  const last = lastComplete(measurementsOf(record, 'certified-dead', 'probe-split'));
  if (!last) return undefined;
  const counted = measurementsOf(record, 'dead-units', 'probe-split').find(({ step }) => step === last.step);
  const layers = sitesOf(record).flatMap((site) => {
    const reading = last.readings.get(site.name);
    const flags = reading?.units['certifiedDead'];
    if (!flags) return [];
    return [
      {
        site,
        units: flags.length,
        certified: flags.filter((flag) => flag === 1).length,
        neverFired: finiteOrNull(counted?.readings.get(site.name)?.layer['neverFired']),
        unbounded: (reading.units['upper'] ?? []).filter(Number.isNaN).length,
      },
    ];
  });
  if (layers.length === 0) return undefined;
  const total = (of: (layer: (typeof layers)[number]) => number) => layers.reduce((sum, layer) => sum + of(layer), 0);
  const { step, epoch } = last;
  return { step, epoch, units: total(({ units }) => units), certified: total(({ certified }) => certified), layers };
}
