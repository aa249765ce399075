import { didYouMean, ReluctantError, type RunManifest, type RunReader } from '@reluctant/core';
import { matchesGlob } from './glob.js';

/** A ReLU site of a recorded network. */
export type RecordedSite = NonNullable<RunManifest['network']>['sites'][number];

/** The sites of the network that a run trained, from input to output. @throws `USAGE` where it trained none */
export function recordedSites(reader: RunReader): readonly RecordedSite[] {
  const { id, network } = reader.summary.manifest;
  if (network) return network.sites;
  throw new ReluctantError('USAGE', `Run ${id} trained no network. \`reluctant list runs\` lists the others.`);
}

/**
 * The sites that have a name of this form, as their own or as their layer's, in the network's order. `*` and `?` stand for other
 * characters; without them the name is taken as it is.
 * @throws `USAGE` where there is none, with the nearest spelling
 */
export function matchingSites(reader: RunReader, pattern: string): readonly RecordedSite[] {
  const sites = recordedSites(reader);
  const matching = sites.filter(({ name, layer }) => matchesGlob(pattern, name) || matchesGlob(pattern, layer));
  if (matching.length > 0) return matching;
  throw unknownSite(reader, pattern);
}

/** The error that tells of a site that a run does not have. */
export function unknownSite(reader: RunReader, name: string): ReluctantError {
  const { id, network } = reader.summary.manifest;
  const names = (network?.sites ?? []).map((site) => site.name);
  const known = names.length > 0 ? `Known: ${names.join(', ')}.` : 'It trained no network.';
  const near = didYouMean(name, [...names, ...(network?.sites ?? []).map((site) => site.layer)]);
  const parts = [`Run ${id} has no ReLU site "${name}".`, near, known];
  return new ReluctantError('USAGE', parts.filter(Boolean).join(' '));
}

/** The site of this name, if it has such a unit. @throws `USAGE` */
export function requireUnit(reader: RunReader, site: string, unit: number): RecordedSite {
  const found = reader.summary.manifest.network?.sites.find(({ name }) => name === site);
  if (!found) throw unknownSite(reader, site);
  if (!Number.isInteger(unit) || unit < 0 || unit >= found.units) {
    throw new ReluctantError(
      'USAGE',
      `Site "${site}" has the units 0 to ${found.units - 1}; there is no unit ${unit}.`,
    );
  }
  return found;
}
