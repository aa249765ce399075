import { readFile } from 'node:fs/promises';
import { parseDocument, ReluctantError } from '@reluctant/core';

/**
 * The plain data of a YAML or JSON file.
 * @throws `CONFIG_NOT_FOUND` where it can't be read, `CONFIG_INVALID` where it holds something else
 */
export async function readDocument(file: string): Promise<Record<string, unknown>> {
  return parseDocument(await readText(file), file);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!missing) throw ReluctantError.from(error, 'CONFIG_NOT_FOUND', `Experiment file ${file} can't be read`);
    throw new ReluctantError(
      'CONFIG_NOT_FOUND',
      `There is no experiment file "${file}". \`reluctant quickstart\` needs none.`,
    );
  }
}
