import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReluctantError, runManifestSchema, type RunManifest } from '@reluctant/core';
import { z } from 'zod';

const { id, versions, machine, engine, dataset } = runManifestSchema.shape;

/** With what a bundled run was made, as `environment.json` tells it. */
const environmentSchema = z.object({
  format: z.literal('reluctant-bundle'),
  formatVersion: z.literal(1),
  run: id,
  versions,
  machine,
  engine,
  dataset,
  /** Of the package-lock.json of the installation that made the bundle, SHA-256; null where it had none. */
  packageLock: z.string().nullable(),
});
export type BundleEnvironment = z.infer<typeof environmentSchema>;

export async function describeBundle({ id: run, ...manifest }: RunManifest): Promise<BundleEnvironment> {
  const { versions, machine, engine, dataset } = manifest;
  const made = { versions, machine, engine, dataset, packageLock: await packageLockDigest(import.meta.dirname) };
  return { format: 'reluctant-bundle', formatVersion: 1, run, ...made };
}

/** @throws `RUN_CORRUPT` where it is something else, or of a later format */
export async function readEnvironment(file: string): Promise<BundleEnvironment> {
  const content: unknown = await readFile(file, 'utf8').then(JSON.parse).catch(() => undefined); // prettier-ignore
  const parsed = environmentSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const later = z.object({ format: z.literal('reluctant-bundle'), formatVersion: z.number().min(2) });
  const message = later.safeParse(content).success
    ? 'A later version of Reluctant made this bundle: install that one.'
    : `The bundle's environment.json tells of no environment: ${z.prettifyError(parsed.error)}`;
  throw new ReluctantError('RUN_CORRUPT', message);
}

/** Of the nearest lock file, from `folder` upwards. */
async function packageLockDigest(folder: string): Promise<string | null> {
  const lock = await readFile(join(folder, 'package-lock.json')).catch(() => undefined);
  if (lock) return createHash('sha256').update(lock).digest('hex');
  return dirname(folder) === folder ? null : packageLockDigest(dirname(folder));
}
