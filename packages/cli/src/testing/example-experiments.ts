import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export const EXAMPLES = join(import.meta.dirname, '../../../../examples');

/** The experiment files among the examples, by their paths there. Studies are none: `reluctant paper` runs them, and their own test plans them. */
export async function exampleExperiments(): Promise<readonly string[]> {
  const files = await readdir(EXAMPLES, { recursive: true });
  return files.filter((file) => file.endsWith('.yaml') && !file.startsWith('paper/')).sort();
}
