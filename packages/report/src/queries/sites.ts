import type { RunManifest } from '@reluctant/core';
import type { RunRecord } from './run-record.js';

export type Site = NonNullable<RunManifest['network']>['sites'][number];

/** The ReLU sites from input to output: those of the manifest, or those that readings tell of where it names none. */
export function sitesOf(record: RunRecord): readonly Site[] {
  const known = record.manifest.network?.sites ?? [];
  if (known.length > 0) return [...known].sort((a, b) => a.depth - b.depth);
  const names = [...new Set(record.readings.map((reading) => reading.site))];
  return names.map((name, index) => {
    const units = Object.values(record.readings.find((reading) => reading.site === name)!.units)[0]?.length ?? 0;
    return { name, layer: name, depth: index + 1, kind: 'dense', units, positions: 1, skip: false };
  });
}
