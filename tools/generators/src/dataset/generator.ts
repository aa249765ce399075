import type { Tree } from '@nx/devkit';
import type { PluginPackageOptions } from '../shared/plugin-package.js';
import { writePluginPackage } from '../shared/write-plugin-package.js';

/** Writes a package with a new dataset. */
export default function datasetGenerator(tree: Tree, options: PluginPackageOptions): Promise<() => void> {
  return writePluginPackage(tree, 'dataset', options);
}
