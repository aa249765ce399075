import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatFiles, joinPathFragments, logger, readJson, type Tree } from '@nx/devkit';
import { ReluctantError } from '@reluctant/core';
import { pluginPackage, type Contract, type PluginPackage, type PluginPackageOptions } from './plugin-package.js';
import { renderTemplate } from './render-template.js';

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const CORE = 'packages/core/package.json';
const DEPENDENCIES: Readonly<Record<Contract, readonly string[]>> = {
  architecture: ['@reluctant/core', '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', 'inversify', 'zod'],
  probe: ['@reluctant/core', 'inversify', 'rxjs', 'zod'],
  dataset: ['@reluctant/core', 'inversify', 'zod'],
};

/**
 * Writes a plugin package that works as it stands: what all packages have, and what is the contract's.
 * @returns what nx calls once the files are on disk
 * @throws ReluctantError `USAGE` for a bad name or folder, and where either is taken; nothing is written then
 */
export async function writePluginPackage(
  tree: Tree,
  contract: Contract,
  options: PluginPackageOptions,
): Promise<() => void> {
  const plugin = pluginPackage(contract, options);
  assertFree(tree, plugin);
  const values = { ...plugin, contract, dependencies: JSON.stringify(dependenciesOf(contract, tree)) };
  for (const folder of ['shared', contract]) writeTemplates(tree, folder, plugin.directory, values);
  await formatFiles(tree);
  return () => logger.info(nextSteps(plugin));
}

function assertFree(tree: Tree, { directory, packageName }: PluginPackage): void {
  if (tree.exists(directory)) {
    throw new ReluctantError('USAGE', `${directory} exists already. Choose another name, or give --directory.`);
  }
  for (const folder of tree.children('packages')) {
    const file = `packages/${folder}/package.json`;
    if (tree.exists(file) && readJson<PackageJson>(tree, file).name === packageName) {
      throw new ReluctantError('USAGE', `packages/${folder} is called ${packageName} already. Choose another name.`);
    }
  }
}

/** With the versions that core has, so that a new package never brings a second copy. */
function dependenciesOf(contract: Contract, tree: Tree): Readonly<Record<string, string>> {
  if (!tree.exists(CORE)) {
    throw new ReluctantError('USAGE', `There is no ${CORE} here: run the generator in a clone of Reluctant.`);
  }
  const { version, dependencies } = readJson<Required<PackageJson>>(tree, CORE);
  const versions: Readonly<Record<string, string>> = { ...dependencies, '@reluctant/core': version };
  return Object.fromEntries(DEPENDENCIES[contract].map((name) => [name, versions[name]]));
}

/**
 * Writes the templates in `src/<folder>/files`, with placeholders replaced in paths and contents. They are not compiled, so
 * both the sources and the build find them in `src`.
 */
function writeTemplates(tree: Tree, folder: string, target: string, values: Readonly<Record<string, string>>): void {
  const templates = fileURLToPath(new URL(`../../src/${folder}/files`, import.meta.url));
  for (const entry of readdirSync(templates, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = renderTemplate(file.slice(templates.length).replace(/\.template$/, ''), values);
    tree.write(joinPathFragments(target, path), renderTemplate(readFileSync(file, 'utf8'), values));
  }
}

function nextSteps({ directory, packageName, kind }: PluginPackage): string {
  return [
    '',
    `${directory} holds a working plugin. What comes next:`,
    '  npm install                      # links the package into the workspace',
    `  npx nx test ${packageName}`,
    `  Experiment files name it: \`plugins: ['${packageName}']\`, and ask for \`${kind}\`.`,
  ].join('\n');
}
