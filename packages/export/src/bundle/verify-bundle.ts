import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { isBundleName, REQUIRED, SUMS } from './bundle-names.js';
import { fileDigest } from './file-digest.js';

/**
 * Checks an unpacked bundle against its own check sums: every file is listed, every listed file is there and what it was. This
 * finds damage, not forgery: who changes a file can change its sum.
 * @throws `RUN_CORRUPT` naming the file
 */
export async function verifyBundle(folder: string): Promise<void> {
  const files = (await filesIn(folder)).filter((name) => name !== SUMS);
  const missing = REQUIRED.find((name) => !files.includes(name));
  if (missing) throw corrupt(`${missing} is missing`);
  const sums = await readSums(join(folder, SUMS));
  for (const name of files) if (!sums.has(name)) throw corrupt(`${name} is not in ${SUMS}`);
  for (const [name, sum] of sums) {
    if (!files.includes(name)) throw corrupt(`${name} is missing`);
    const { sha256 } = await fileDigest(join(folder, name));
    if (sha256 !== sum) throw corrupt(`${name} is not what it was: its check sum differs`);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

async function readSums(path: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw corrupt(`${SUMS} is missing`);
  });
  const sums = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (!name || !isBundleName(name) || sums.has(name)) throw corrupt(`${SUMS} has a strange line`);
    sums.set(name, sum);
  }
  return sums;
}

function corrupt(problem: string): ReluctantError {
  return new ReluctantError('RUN_CORRUPT', `The bundle is damaged: ${problem}. Get it again from where it came from.`);
}
