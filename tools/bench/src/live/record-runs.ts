import { randomBytes } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunManifest } from '@reluctant/core';
import { createRunStore } from '@reluctant/store';
import { recordRun, type RecordedShape } from '../store/record-run.js';

/**
 * A folder of runs as large as asked for: one is recorded, the others are copies under names of their own.
 * @returns the ids
 */
export async function recordRuns(
  root: string,
  count: number,
  shape: RecordedShape,
  onEpoch: (done: number) => void,
): Promise<string[]> {
  const writer = await recordRun(createRunStore({ root }), shape, onEpoch);
  await writer.close();
  const manifest = JSON.parse(await readFile(join(writer.path, 'manifest.json'), 'utf8')) as RunManifest;
  const ids = [writer.id];
  for (let index = 1; index < count; index++) {
    const id = `${manifest.id.slice(0, -8)}${randomBytes(4).toString('hex')}`;
    await cp(writer.path, join(root, id), { recursive: true });
    const name = `bench ${index + 1}`;
    await writeFile(join(root, id, 'manifest.json'), JSON.stringify({ ...manifest, id, name }));
    ids.push(id);
  }
  return ids;
}
