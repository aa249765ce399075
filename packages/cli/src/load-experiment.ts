import { basename, dirname, extname, resolve } from 'node:path';
import { applyOverrides, loadPlugins, plugins as pluginsOf, resolveExperiment, type Experiment } from '@reluctant/core';
import type { Container } from 'inversify';
import { importFrom } from './import-from.js';
import { readDocument } from './read-document.js';

/**
 * Reads an experiment file, loads the plugins that it names, applies `--set` overrides and checks it all.
 * The file's name is the experiment's where it gives none. Paths of plugins are relative to the file.
 */
export async function loadExperiment(
  file: string,
  overrides: readonly string[],
  container: Container,
): Promise<Experiment> {
  return checkExperiment(applyOverrides(await readDocument(file), overrides), file, container);
}

/** The same of a document that was read from a file. */
export async function checkExperiment(
  document: Record<string, unknown>,
  file: string,
  container: Container,
): Promise<Experiment> {
  const named = { name: basename(file, extname(file)), ...document };
  await loadPlugins(container, pluginSpecifiers(document), importFrom(dirname(resolve(file))));
  return resolveExperiment(named, pluginsOf(container), file);
}

/** What is no list of strings is left to the schema, which tells it better. */
function pluginSpecifiers({ plugins }: Record<string, unknown>): readonly string[] {
  return Array.isArray(plugins) ? plugins.filter((plugin): plugin is string => typeof plugin === 'string') : [];
}
