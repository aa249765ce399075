import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadPlugins, ReluctantError, validateDocument } from '@reluctant/core';
import type { Container } from 'inversify';
import { importFrom } from '../../import-from.js';
import { readDocument } from '../../read-document.js';
import { studySchema, type Study } from './study-schema.js';

/** Studies that come with the project, by how long they take. */
export const BUDGETS = ['quick', 'standard', 'full'] as const;
export type Budget = (typeof BUDGETS)[number];

export interface LoadedStudy {
  /** Absolute. */
  readonly file: string;
  readonly study: Study;
}

/**
 * Reads and checks a study, and loads the plugins that it names.
 * @param file absolute or relative to the working directory
 * @throws `CONFIG_NOT_FOUND`, `CONFIG_INVALID`, `PLUGIN_INVALID`
 */
export async function loadStudy(file: string, container: Container): Promise<LoadedStudy> {
  const path = resolve(file);
  const study = validateDocument(studySchema, await readDocument(path), file);
  await loadPlugins(container, study.plugins, importFrom(dirname(path)));
  return { file: path, study };
}

/** File of a study that comes with the project. Throws `CONFIG_NOT_FOUND` where it did not come along. */
export function budgetFile(budget: Budget): string {
  const file = join(import.meta.dirname, '../../../../../examples/paper', `${budget}.yaml`);
  if (existsSync(file)) return file;
  throw new ReluctantError(
    'CONFIG_NOT_FOUND',
    `The study "${budget}" is not at ${file}. Give a study file instead: reluctant paper STUDY.yaml`,
  );
}
