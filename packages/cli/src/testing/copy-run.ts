import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies a recorded run as another of the same folder, with changes to its manifest. */
export async function copyRun(runs: string, from: string, to: string, changes: object): Promise<void> {
  const copy = join(runs, to);
  await cp(join(runs, from), copy, { recursive: true });
  const path = join(copy, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFile(path, JSON.stringify({ ...manifest, id: to, ...changes }));
}
