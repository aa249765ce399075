import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { dataCorrupt } from '../files/data-corrupt.js';
import { kindOfPath } from '../files/kind-of-path.js';

/** The image files of one folder of classes, sorted by class and then by name, in the order of UTF-16 units everywhere. */
export interface ImageListing {
  readonly classNames: readonly string[];
  readonly files: readonly { readonly path: string; readonly label: number }[];
}

const IMAGE_NAME = /\.(png|jpe?g)$/i;

/**
 * Lists `<folder>/<class>/<image>.png|.jpg|.jpeg`. Names that begin with a dot, and files that are not named as images, are
 * left out. Links are followed inside `root` only.
 *
 * @param root no file outside is ever read
 * Throws `DATASET_NOT_FOUND` where there are fewer than two classes or a class is empty, `DATASET_CORRUPT` for a link that
 * is broken or leads out of `root`.
 */
export async function listImageFolder(folder: string, root: string): Promise<ImageListing> {
  const realRoot = await realpath(root);
  const classNames = await entries(folder, realRoot, 'folder');
  if (classNames.length < 2) {
    throw new ReluctantError(
      'DATASET_NOT_FOUND',
      `${folder} must hold one folder per class, two at least, but holds ${classNames.length}.`,
    );
  }
  const files: { path: string; label: number }[] = [];
  for (const [label, className] of classNames.entries()) {
    const classFolder = join(folder, className);
    const names = (await entries(classFolder, realRoot, 'file')).filter((name) => IMAGE_NAME.test(name));
    if (names.length === 0) throw new ReluctantError('DATASET_NOT_FOUND', `${classFolder} holds no PNG or JPEG image.`);
    for (const name of names) files.push({ path: join(classFolder, name), label });
  }
  return { classNames, files };
}

/** Whether the folder is divided into `train` and `test` already. */
export async function isDivided(folder: string): Promise<boolean> {
  const kinds = await Promise.all(['train', 'test'].map((name) => kindOfPath(join(folder, name))));
  return kinds.every((kind) => kind === 'folder');
}

async function entries(folder: string, realRoot: string, wanted: 'file' | 'folder'): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) await requireInside(path, realRoot);
    const status = entry.isSymbolicLink() ? await stat(path) : entry;
    if (wanted === 'file' ? status.isFile() : status.isDirectory()) found.push(entry.name);
  }
  return found.sort();
}

async function requireInside(link: string, realRoot: string): Promise<void> {
  const target = await realpath(link).catch((cause: unknown) => {
    throw dataCorrupt(link, 'the link leads nowhere', { cause });
  });
  if (!target.startsWith(realRoot + sep)) throw dataCorrupt(link, `the link leads out of ${realRoot}, to ${target}`);
}
