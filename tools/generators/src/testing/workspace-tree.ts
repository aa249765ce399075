import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

/** The repository's root folder, with a slash at its end. */
export const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** A tree in memory with the files of this repository that a generator reads. */
export function workspaceTree(): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'prettier' });
  // Of a tree in memory, nx reads the formatter's configuration only under this name.
  tree.write('.prettierrc', readFileSync(`${repository}.prettierrc.json`));
  for (const file of ['packages/core/package.json', 'packages/arch-vgg/package.json']) {
    tree.write(file, readFileSync(`${repository}${file}`));
  }
  return tree;
}

/** Paths and contents of what was written below a folder. */
export function filesBelow(tree: Tree, folder: string): ReadonlyMap<string, string> {
  const written = tree.listChanges().filter(({ path, type }) => type !== 'DELETE' && path.startsWith(`${folder}/`));
  return new Map(written.map(({ path, content }) => [path, content!.toString()]));
}
