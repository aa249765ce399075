import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import {
  applyOverrides,
  loadPlugins,
  parseDocument,
  plugins as pluginsOf,
  ReluctantError,
  resolveExperiment,
  type Experiment,
} from '@reluctant/core';
import type { Container } from 'inversify';
import { importFrom } from './import-from.js';

/**
 * Reads an experiment file, loads the plugins that it names, applies `--set` overrides and checks it all.
 * The file's name is the experiment's where it gives none. Paths of plugins are relative to the file.
 */
export async function loadExperiment(
  file: string,
  overrides: readonly string[],
  container: Container,
): Promise<Experiment> {
  const document = applyOverrides(parseDocument(await readText(file), file), overrides);
  const named = { name: basename(file, extname(file)), ...document };
  await loadPlugins(container, pluginSpecifiers(document), importFrom(dirname(resolve(file))));
  return resolveExperiment(named, pluginsOf(container), file);
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

/** What is no list of strings is left to the schema, which tells it better. */
function pluginSpecifiers({ plugins }: Record<string, unknown>): readonly string[] {
  return Array.isArray(plugins) ? plugins.filter((plugin): plugin is string => typeof plugin === 'string') : [];
}
