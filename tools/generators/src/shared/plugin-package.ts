import { relative } from 'node:path/posix';
import { names, offsetFromRoot } from '@nx/devkit';
import { ReluctantError } from '@reluctant/core';

export type Contract = 'architecture' | 'probe' | 'dataset';

/** What every generator is asked for. */
export interface PluginPackageOptions {
  /** The plugin's kind, in kebab-case. */
  readonly name: string;
  /** Folder of the package, relative to the workspace root. */
  readonly directory?: string;
}

/** What follows from the options; the templates know these names. */
export interface PluginPackage {
  readonly kind: string;
  /** Folder of the package, relative to the workspace root, with forward slashes. */
  readonly directory: string;
  readonly packageName: string;
  /** Name of the plugin's source file: the kind and the contract. */
  readonly fileName: string;
  /** Identifier of the plugin object: the kind in camel case and the contract, which no keyword or import collides with. */
  readonly identifier: string;
  /** The same as the name of a type. */
  readonly typeName: string;
  /** From the package to the workspace root: `../..`. */
  readonly toRoot: string;
  /** From the package to core's. */
  readonly toCore: string;
  /** The contract's name in core, which is its service identifier too. */
  readonly service: string;
}

const PREFIXES: Readonly<Record<Contract, string>> = { architecture: 'arch', probe: 'probe', dataset: 'dataset' };
const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @throws ReluctantError `USAGE` for a name that is not in kebab-case or a folder that is not below the workspace root */
export function pluginPackage(contract: Contract, { name, directory }: PluginPackageOptions): PluginPackage {
  if (!KEBAB_CASE.test(name)) {
    throw new ReluctantError(
      'USAGE',
      `"${name}" is no name for a plugin: write it in kebab-case, e.g. "my-${contract}".`,
    );
  }
  const folderName = `${PREFIXES[contract]}-${name}`;
  const folder = directory === undefined ? `packages/${folderName}` : folderBelowRoot(directory);
  const { fileName, propertyName, className } = names(`${name}-${contract}`);
  return {
    kind: name,
    directory: folder,
    packageName: `@reluctant/${folderName}`,
    fileName,
    identifier: propertyName,
    typeName: className,
    toRoot: offsetFromRoot(folder).replace(/\/$/, ''),
    toCore: relative(folder, 'packages/core'),
    service: names(contract).className,
  };
}

function folderBelowRoot(directory: string): string {
  const parts = directory.replaceAll('\\', '/').replace(/\/+$/, '').replace(/^\.\//, '').split('/');
  if (parts.every((part) => /^[\w@-][\w.@-]*$/.test(part))) return parts.join('/');
  throw new ReluctantError(
    'USAGE',
    `"${directory}" is no folder below the workspace root. Give a relative path such as packages/my-plugin.`,
  );
}
