import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { didYouMean, ReluctantError, runManifestSchema, type RunManifest } from '@reluctant/core';
import { decodeJson, encodeJson } from './event-codec.js';
import { errnoOf, storeFailure } from './store-failure.js';
import { writeFileAtomic } from './atomic-file.js';

/** Where the parts of a run's record lie. */
export interface RunFolder {
  readonly path: string;
  readonly manifest: string;
  readonly events: string;
  /** Per-unit values of events that no Parquet part holds yet. */
  readonly spool: string;
  readonly readings: string;
  readonly taps: string;
  readonly checkpoints: string;
  readonly lock: string;
}

export function runFolder(path: string): RunFolder {
  return {
    path,
    manifest: join(path, 'manifest.json'),
    events: join(path, 'events.jsonl'),
    spool: join(path, 'spool.jsonl'),
    readings: join(path, 'readings'),
    taps: join(path, 'taps'),
    checkpoints: join(path, 'checkpoints'),
    lock: join(path, 'lock'),
  };
}

/**
 * The folder that `id` means: a plain name is a folder of `root`, anything with a separator is a path. A path with a `..` in
 * it is refused, so that no id leads out of `root`. Throws `RUN_NOT_FOUND`.
 */
export async function findRun(root: string, id: string): Promise<{ folder: RunFolder; manifest: RunManifest }> {
  const segments = id.split(/[\\/]/);
  if (id === '' || id === '.' || id.includes('\0') || segments.includes('..')) throw await notFound(root, id);
  const folder = runFolder(segments.length === 1 ? resolve(root, id) : resolve(id));
  const manifest = await readManifest(folder);
  if (!manifest) throw await notFound(root, id);
  return { folder, manifest };
}

/**
 * The manifest of the run in `folder`, or undefined where there is none. Throws `RUN_CORRUPT` naming the fields that are
 * wrong, `STORE_FAILED` where it can't be read.
 */
export async function readManifest(folder: RunFolder): Promise<RunManifest | undefined> {
  let text: string;
  try {
    text = await readFile(folder.manifest, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errnoOf(error) ?? '')) return undefined;
    throw storeFailure(error, 'read the manifest of a run', folder.manifest);
  }
  let content: unknown;
  try {
    content = decodeJson(text);
  } catch (error) {
    throw new ReluctantError('RUN_CORRUPT', `${folder.manifest} is not JSON: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  const parsed = runManifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const list = issues.map(({ path, message }) => `${path || 'the whole file'}: ${message}`).join('; ');
  throw new ReluctantError('RUN_CORRUPT', `${folder.manifest} does not describe a run. ${list}.`, { issues });
}

export async function writeManifest(folder: RunFolder, manifest: RunManifest): Promise<void> {
  await writeFileAtomic(folder.manifest, [Buffer.from(`${encodeJson(manifest, 2)}\n`)]);
}

/** Names of the folders in `root`, none where it doesn't exist. Throws `STORE_FAILED` where it can't be read. */
export async function folderNames(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => !entry.isFile()).map((entry) => entry.name);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw storeFailure(error, 'list the runs', root);
  }
}

async function notFound(root: string, id: string): Promise<ReluctantError> {
  const shown = JSON.stringify(id.length > 100 ? `${id.slice(0, 100)}…` : id);
  const near = didYouMean(basename(id), await folderNames(root));
  const message = [`There is no run ${shown} in ${root}.`, near].filter(Boolean).join(' ');
  return new ReluctantError('RUN_NOT_FOUND', message);
}
