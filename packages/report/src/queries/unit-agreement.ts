import { agreement, flagUnits, siteRecords, silentSteps, type Agreement, type UnitDefinition } from '@reluctant/core';
import { finiteOrNull } from './finite-or-null.js';
import { lastComplete, measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import type { RunSamples } from './run-samples.js';
import { sitesOf, type Site } from './sites.js';

/** How many units each definition of a unit that does not work flags, and how far the definitions agree. */
export interface UnitAgreement extends Agreement {
  readonly step: number;
  readonly epoch: number;
  /** Images of the probe split. */
  readonly images: number;
  readonly units: number;
  /** Thresholds of the probes; a definition whose probe did not run is not judged. */
  readonly epsilon: number | null;
  readonly tau: number | null;
  /** Training steps without firing that make a unit silent: those of the last training window. */
  readonly window: number | null;
  /** From input to output. */
  readonly layers: readonly {
    readonly site: Site;
    readonly units: number;
    /** Flagged units by definition. */
    readonly flagged: Partial<Readonly<Record<UnitDefinition, number>>>;
  }[];
}

/** At the last measurement of Pr[y>0] on the probe split; undefined where fewer than two definitions can be judged. */
export function unitAgreement(record: RunRecord, samples: RunSamples): UnitAgreement | undefined {
  const last = lastComplete(measurementsOf(record, 'activation-probability', 'probe-split'));
  if (!last) return undefined;
  const sites = sitesOf(record);
  const names = sites.map(({ name }) => name);
  const records = siteRecords(names, samples, record.readings, last.step);
  const option = (probe: string, name: string) => {
    const reading = record.readings.findLast((one) => one.probe === probe && Number.isFinite(one.layer[name]));
    return finiteOrNull(reading?.layer[name]);
  };
  const epsilon = option('dead-units', 'epsilon');
  const tau = option('dormant', 'tau');
  const window = [...records.values()].flatMap(({ training }) => silentSteps(training, last.step)?.window ?? []).at(0);
  const flagged = sites.flatMap((site) => {
    const siteRecord = records.get(site.name);
    if (!siteRecord) return [];
    const flags = flagUnits(siteRecord, { epsilon: epsilon ?? undefined, tau: tau ?? undefined, window });
    return [{ site, flags }];
  });
  const found = agreement(flagged.map(({ flags }) => flags));
  if (found.definitions.length < 2) return undefined;
  const layers = flagged.map(({ site, flags }) => ({
    site,
    units: site.units,
    flagged: Object.fromEntries(
      agreement([flags]).definitions.map((count) => [count.definition, count.flagged] as const),
    ),
  }));
  return {
    ...found,
    step: last.step,
    epoch: last.epoch,
    images: last.images,
    units: layers.reduce((sum, { units }) => sum + units, 0),
    epsilon,
    tau,
    window: window ?? null,
    layers,
  };
}
