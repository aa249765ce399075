import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunManifest, RunStore } from '@reluctant/core';
import { FileRunReader, summarize } from './file-run-reader.js';
import { FileRunWriter } from './file-run-writer.js';
import { rewindRun } from './rewind-run.js';
import { findRun, folderNames, runFolder, writeManifest, type RunFolder } from './run-folder.js';
import { runId } from './run-id.js';
import { acquireRunLock } from './run-lock.js';
import { SummaryCache } from './summary-cache.js';
import { errnoOf, storeFailure } from './store-failure.js';

export interface RunStoreOptions {
  /** Folder that holds one folder a run. Made, with its parents, when the first run is created. */
  readonly root: string;
  readonly now?: () => Date;
  /** Told what was passed over: a checkpoint that can't be read, a damaged run in the list. A process warning by default. */
  readonly onWarning?: (message: string) => void;
}

/** Keeps runs as folders of files; the package's README tells what is in them. */
export function createRunStore(options: RunStoreOptions): RunStore {
  const { now = () => new Date(), onWarning = (message: string) => process.emitWarning(message) } = options;
  const root = resolve(options.root);
  const cache = new SummaryCache(onWarning);

  return {
    async create(description) {
      const createdAt = now();
      const { id, folder } = await makeFolder(root, description.name, createdAt);
      try {
        const lock = acquireRunLock(folder.lock);
        const manifest: RunManifest = { ...description, formatVersion: 1, id, createdAt: createdAt.toISOString() };
        await writeManifest(folder, manifest);
        return { writer: new FileRunWriter(folder, lock), manifest };
      } catch (error) {
        await rm(folder.path, { recursive: true, force: true });
        throw storeFailure(error, 'create a run', folder.path);
      }
    },

    async resume(id, checkpoint) {
      const { folder } = await findRun(root, id);
      const lock = acquireRunLock(folder.lock);
      try {
        return new FileRunWriter(folder, lock, await rewindRun(folder, checkpoint));
      } catch (error) {
        lock.release();
        throw error;
      }
    },

    async open(id) {
      const { folder, manifest } = await findRun(root, id);
      return new FileRunReader(folder, await summarize(folder, manifest), onWarning);
    },

    /** Newest first. Folders that hold no run are left out; damaged runs too, with a warning. */
    async *list() {
      const folders = (await folderNames(root)).map((name) => runFolder(join(root, name)));
      const summaries = await cache.read(folders);
      yield* summaries.sort((a, b) => compare(b.createdAt, a.createdAt) || compare(b.id, a.id));
    },
  };
}

/** A new folder: one that is there already is never used. */
async function makeFolder(root: string, name: string, createdAt: Date): Promise<{ id: string; folder: RunFolder }> {
  try {
    await mkdir(root, { recursive: true });
    for (;;) {
      const id = runId(name, createdAt);
      const folder = runFolder(join(root, id));
      try {
        await mkdir(folder.path);
        return { id, folder };
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST') throw error;
      }
    }
  } catch (error) {
    throw storeFailure(error, 'make a folder for the run', root);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
