import { basename, isAbsolute } from 'node:path';
import { ReluctantError, type RunManifest } from '@reluctant/core';

type Dataset = NonNullable<RunManifest['dataset']>;

/**
 * Jobs are named by what they were told: of what they then found on the machine, their records tell. Runs that were told the same data and the
 * same seed, which draws the images of a subset, must have met the same images.
 * @throws `CONFIG_INVALID`
 */
export function requireSameData(manifests: readonly RunManifest[]): void {
  const met = new Map<string, Dataset>();
  for (const { config, seed, dataset } of manifests) {
    if (!dataset) continue;
    const asked = JSON.stringify([seed, config['dataset']]);
    const other = met.get(asked) ?? dataset;
    met.set(asked, other);
    if (other.digest === dataset.digest) continue;
    throw new ReluctantError(
      'CONFIG_INVALID',
      `Networks of this study were trained on different data, and can't be compared: ${told(other)} and ${told(dataset)}, both with seed ${seed}. Keep studies of different data apart with --runs.`,
    );
  }
}

function told({ source, digest }: Dataset): string {
  return `${source} (digest ${digest.slice(0, 12)})`;
}

/** The sets of images that runs met, a line each, with the digests of all subsets that seeds drew. */
export function describeData(manifests: readonly RunManifest[]): readonly string[] {
  const digests = new Map<string, Set<string>>();
  for (const { dataset } of manifests) {
    if (!dataset) continue;
    const { kind, source, trainSize, testSize, probeSize, digest } = dataset;
    const [train, test, probe] = [trainSize, testSize, probeSize].map((size) => size.toLocaleString('en'));
    const line = `${kind} (${withoutFolders(source)}), ${train} training, ${test} test and ${probe} probe images`;
    digests.set(line, (digests.get(line) ?? new Set()).add(digest.slice(0, 16)));
  }
  return [...digests]
    .map(([line, of]) => `${line}, digest${of.size === 1 ? '' : 's'} ${[...of].sort().join(', ')}`)
    .sort();
}

/** A report is shown to others, who have their data elsewhere: the digest says which it is. */
function withoutFolders(source: string): string {
  const [, chosen = '', place = ''] = /^([\w-]+: )?(.*)$/s.exec(source)!;
  return chosen + (isAbsolute(place) ? basename(place) : place);
}
