import type { TapSeries } from '@reluctant/core';
import { finiteOrNull } from './finite-or-null.js';
import { headlineSeries, lastComplete, measurementsOf, type Measurement } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

export type DeadState = 'never fired' | 'nearly dead';

export interface DeadUnit {
  readonly site: Site;
  /** From 0. */
  readonly unit: number;
  readonly state: DeadState;
  /** Elements with y > 0 at the last measurement; `null` where activation-probability was not measured with it. */
  readonly fired: number | null;
  /** Images on which the unit fired at least once. */
  readonly imagesFired: number | null;
  /** One-sided upper confidence bound on Pr[unit fires on an image]. */
  readonly upper: number | null;
  /** First measurement from which on the unit was in this state, or worse, at every measurement. */
  readonly sinceStep: number;
  readonly sinceEpoch: number;
}

export interface DeadUnits {
  readonly on: TapSeries;
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  /** All units that were measured. */
  readonly units: number;
  readonly neverFired: number;
  /** Pr[y>0] < epsilon, those that never fired included. */
  readonly nearlyDead: number;
  readonly epsilon: number | null;
  readonly confidence: number | null;
  /** Upper bound for a unit that fired on none of the images. */
  readonly neverFiredUpper: number | null;
  readonly layers: readonly {
    readonly site: Site;
    readonly units: number;
    readonly neverFired: number;
    readonly nearlyDead: number;
  }[];
  /** From input to output, by unit. */
  readonly rows: readonly DeadUnit[];
}

/** Dead units at the last measurement of the headline series; undefined where the probe did not run. */
export function deadUnits(record: RunRecord): DeadUnits | undefined {
  const on = headlineSeries(record, 'dead-units');
  if (!on) return undefined;
  const measurements = measurementsOf(record, 'dead-units', on);
  const last = lastComplete(measurements);
  if (!last) return undefined;
  const upToLast = measurements.slice(0, measurements.indexOf(last) + 1);
  const activation = measurementsOf(record, 'activation-probability', on).find(({ step }) => step === last.step);

  const measured = sitesOf(record).filter((site) => last.readings.get(site.name)?.units['neverFired']);
  if (measured.length === 0) return undefined;
  const layers = measured.map((site) => {
    const flags = flagsOf(last, site.name)!;
    return {
      site,
      units: flags.length,
      neverFired: flags.filter((state) => state === 'never fired').length,
      nearlyDead: flags.filter((state) => state !== undefined).length,
    };
  });
  const rows = measured.flatMap((site) =>
    flagsOf(last, site.name)!.flatMap((state, unit): readonly DeadUnit[] => {
      if (!state) return [];
      const since = unbrokenSince(upToLast, site.name, unit, state);
      const counted = activation?.readings.get(site.name)?.units;
      return [
        {
          site,
          unit,
          state,
          fired: finiteOrNull(counted?.['fired']?.[unit]),
          imagesFired: finiteOrNull(counted?.['imagesFired']?.[unit]),
          upper: finiteOrNull(last.readings.get(site.name)?.units['imageFireUpper']?.[unit]),
          sinceStep: since.step,
          sinceEpoch: since.epoch,
        },
      ];
    }),
  );
  const layerOf = last.readings.get(measured[0]!.name)!.layer;
  const total = (of: (layer: (typeof layers)[number]) => number) => layers.reduce((sum, layer) => sum + of(layer), 0);
  return {
    on,
    step: last.step,
    epoch: last.epoch,
    images: last.images,
    units: total((layer) => layer.units),
    neverFired: total((layer) => layer.neverFired),
    nearlyDead: total((layer) => layer.nearlyDead),
    epsilon: finiteOrNull(layerOf['epsilon']),
    confidence: finiteOrNull(layerOf['confidence']),
    neverFiredUpper: finiteOrNull(layerOf['neverFiredUpper']),
    layers,
    rows,
  };
}

/** Per unit, what it is; undefined for a unit that fires well enough. A unit that never fired is nearly dead too. */
function flagsOf(measurement: Measurement, site: string): readonly (DeadState | undefined)[] | undefined {
  const units = measurement.readings.get(site)?.units;
  const nearlyDead = units?.['nearlyDead'];
  return units?.['neverFired']?.map((never, unit) =>
    never === 1 ? 'never fired' : nearlyDead?.[unit] === 1 ? 'nearly dead' : undefined,
  );
}

function unbrokenSince(
  measurements: readonly Measurement[],
  site: string,
  unit: number,
  state: DeadState,
): Measurement {
  let since = measurements.at(-1)!;
  for (const measurement of measurements.toReversed()) {
    const then = flagsOf(measurement, site)?.[unit];
    const asBad = state === 'never fired' ? then === 'never fired' : then !== undefined;
    if (!asBad) break;
    since = measurement;
  }
  return since;
}
