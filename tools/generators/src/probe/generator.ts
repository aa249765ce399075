import type { Tree } from '@nx/devkit';
import type { PluginPackageOptions } from '../shared/plugin-package.js';
import { writePluginPackage } from '../shared/write-plugin-package.js';

/** Writes a package with a new probe. */
export default function probeGenerator(tree: Tree, options: PluginPackageOptions): Promise<() => void> {
  return writePluginPackage(tree, 'probe', options);
}
