import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReluctantError, RunStore, type RunReader } from '@reluctant/core';
import { unpackBundle, verifyBundle } from '@reluctant/export';
import type { Container } from 'inversify';
import { readEnvironment, type BundleEnvironment } from './environment-document.js';

export interface OpenedBundle {
  /** Of the record in it. */
  readonly reader: RunReader;
  readonly environment: BundleEnvironment;
}

/**
 * Unpacks a bundle into a temporary folder, checks it, and gives `body` what it holds. The folder is gone afterwards.
 * @throws `RUN_NOT_FOUND`, `RUN_CORRUPT`, `USAGE` (a folder)
 */
export async function withBundle<T>(
  file: string,
  container: Container,
  body: (bundle: OpenedBundle) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'reluctant-bundle-'));
  try {
    await unpackBundle(file, folder);
    await verifyBundle(folder);
    const environment = await readEnvironment(join(folder, 'environment.json'));
    const reader = await container.get(RunStore).open(folder);
    if (reader.summary.manifest.id !== environment.run) {
      throw new ReluctantError('RUN_CORRUPT', `${file} holds the record of another run than its environment.json.`);
    }
    return await body({ reader, environment });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
