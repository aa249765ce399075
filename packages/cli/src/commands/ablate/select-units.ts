import {
  flagUnits,
  ReluctantError,
  type ReluSite,
  type RunReader,
  type SiteRecord,
  type UnitDefinition,
} from '@reluctant/core';
import { type UnitSelection } from '@reluctant/probes';
import { recordedMeasurement } from '../../recorded/recorded-measurement.js';
import { matchingSites, recordedSites } from '../../recorded/recorded-sites.js';
import { recordedThresholds } from '../../recorded/recorded-thresholds.js';
import type { AblateOptions } from './ablate-options.js';

/** Which units are in question, and which fired. */
export interface SelectedUnits {
  readonly flagged: UnitSelection;
  /** Those that fired on the probe split. */
  readonly live: UnitSelection;
  /** When they were measured, and on how many images. */
  readonly step: number;
  readonly images: number;
}

/** The probe whose counters or readings a definition takes. */
const PROBES: Readonly<Record<UnitDefinition, string>> = {
  'never-fired': 'dead-units',
  'nearly-dead': 'dead-units',
  dormant: 'dormant',
  silent: 'activation-probability',
  constant: 'activation-stats',
  'certified-dead': 'certified-dead',
  'gradient-dead': 'gradient',
};

/**
 * Picks units from what a run recorded on its probe split at the newest measurement up to `step`.
 * @throws `USAGE` for a site or unit that the run has not, and where what was recorded does not tell
 */
export async function selectUnits(
  reader: RunReader,
  step: number,
  { definition, epsilon, tau, site, units }: AblateOptions,
): Promise<SelectedUnits> {
  const sites = site === undefined ? recordedSites(reader) : matchingSites(reader, site);
  if (units) requireUnits(sites, units, site);
  const samples = (await reader.tapSamples()).filter((sample) => sample.step <= step);
  const measured = await recordedMeasurement(reader, samples, sites);
  const recorded = recordedThresholds(reader.summary.manifest);
  const thresholds = { epsilon: epsilon ?? recorded.epsilon, tau: tau ?? recorded.tau };
  const pick = (of: (record: SiteRecord) => readonly boolean[]): UnitSelection =>
    new Map(
      [...measured.sites]
        .map(([name, record]) => [name, of(record).flatMap((picked, unit) => (picked ? [unit] : []))] as const)
        .filter(([, picked]) => picked.length > 0),
    );
  const untold = (record: SiteRecord, probe: string) =>
    new ReluctantError(
      'USAGE',
      `Run ${reader.summary.manifest.id} recorded nothing at step ${record.activation.step} that tells which units of ` +
        `"${record.activation.site}" are in question. Record a run with the probe ${probe}.`,
    );
  return {
    flagged: pick((record) => {
      if (units) return Array.from({ length: Math.max(...units) + 1 }, (_, unit) => units.includes(unit));
      const flags = flagUnits(record, thresholds)[definition];
      if (!flags) throw untold(record, PROBES[definition]);
      return flags;
    }),
    live: pick((record) => {
      const { fired } = record.activation.values;
      if (!fired) throw untold(record, PROBES['never-fired']);
      return Array.from(fired, (count) => count > 0);
    }),
    step: measured.step,
    images: measured.images,
  };
}

function requireUnits(sites: readonly ReluSite[], wanted: readonly number[], asked: string | undefined): void {
  const [site] = sites;
  if (asked === undefined || sites.length > 1) {
    const which = asked === undefined ? '' : ` "${asked}" matches ${sites.map(({ name }) => name).join(', ')}.`;
    throw new ReluctantError(
      'USAGE',
      `--units needs --site with the name of one site: units are numbered there.${which}`,
    );
  }
  const stray = wanted.find((unit) => unit >= site.units);
  if (stray === undefined) return;
  throw new ReluctantError(
    'USAGE',
    `Site "${site.name}" has the units 0 to ${site.units - 1}; there is no unit ${stray}.`,
  );
}
