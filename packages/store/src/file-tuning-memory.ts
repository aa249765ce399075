import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReluctantError, type TuningMemory } from '@reluctant/core';
import { z } from 'zod';
import { writeFileAtomic } from './atomic-file.js';

const FORMAT_VERSION = 1;
const SUFFIX = '.json';

const entrySchema = z.strictObject({
  formatVersion: z.literal(FORMAT_VERSION),
  device: z.string(),
  subject: z.string(),
  value: z.string(),
});

/**
 * Remembers tunings in files: one folder a device, one file a subject. Each file holds its own key, so that one that got there by mistake,
 * is damaged, or was written by another version counts as missing, and is written anew.
 *
 * @param root made, with its parents, when the first tuning is remembered
 */
export function createTuningMemory(root: string): TuningMemory {
  const folderOf = (device: string) => join(root, digest(device));
  return {
    async recall({ device, subject }) {
      const entry = await readEntry(join(folderOf(device), `${digest(subject)}${SUFFIX}`));
      return entry?.device === device && entry.subject === subject ? entry.value : undefined;
    },

    async remember({ device, subject }, value) {
      const folder = folderOf(device);
      const entry: z.infer<typeof entrySchema> = { formatVersion: FORMAT_VERSION, device, subject, value };
      try {
        await mkdir(folder, { recursive: true });
        await writeFileAtomic(join(folder, `${digest(subject)}${SUFFIX}`), [Buffer.from(JSON.stringify(entry))]);
      } catch (error) {
        throw new ReluctantError(
          'STORE_FAILED',
          `What was measured can't be remembered in ${folder}: ${error instanceof Error ? error.message : String(error)}. ` +
            `Make that writable, choose another cache folder (RELUCTANT_CACHE), or do without the engine's option "tune".`,
          { cause: error },
        );
      }
    },

    async list(device) {
      const folder = folderOf(device);
      // A folder that is not there, or can't be read, holds nothing that could be recalled.
      const names = await readdir(folder).catch((): string[] => []);
      const entries = await Promise.all(
        names.filter((name) => name.endsWith(SUFFIX)).map((name) => readEntry(join(folder, name))),
      );
      return entries.flatMap((entry) => (entry?.device === device ? [entry.value] : []));
    },
  };
}

/** Undefined where the file is not there, can't be read, or is none of ours. */
async function readEntry(path: string): Promise<z.infer<typeof entrySchema> | undefined> {
  try {
    return entrySchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
