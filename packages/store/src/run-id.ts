import { randomBytes } from 'node:crypto';

const MAX_SLUG_LENGTH = 40;

/**
 * An id for a run, safe as a file name on every system whatever the run is called, e.g. `20260131-093005-vgg16-cifar-10-1f0c9a3e`:
 * the time of its start (UTC), its name in plain letters, and 32 random bits for runs that start together.
 */
export function runId(name: string, createdAt: Date): string {
  const time = createdAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return [time, slug(name), randomBytes(4).toString('hex')].join('-');
}

/** Lower-case ASCII letters, digits and single hyphens, at most 40; `run` where nothing of `name` is left. */
export function slug(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/-$/, '');
  return letters || 'run';
}
