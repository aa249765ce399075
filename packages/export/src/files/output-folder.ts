import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { OutputFile } from './output-file.js';

/** A folder into which an export writes: its files get their names once all of them are whole. */
export class OutputFolder {
  private readonly files: OutputFile[] = [];

  /** @param replace whether files that are there already may be replaced */
  constructor(
    private readonly path: string,
    private readonly replace: boolean,
  ) {}

  /**
   * Begins a file. Folders on the way to it are made.
   * @param name path within the folder
   * @throws `USAGE` where the file is there already and may not be replaced, `STORE_FAILED`
   */
  async file(name: string): Promise<OutputFile> {
    const target = resolve(this.path, name);
    if (!target.startsWith(resolve(this.path) + sep)) {
      throw new ReluctantError('INTERNAL', `${JSON.stringify(name)} is not within ${this.path}.`);
    }
    if (!this.replace && (await exists(target))) {
      throw new ReluctantError(
        'USAGE',
        `${target} is there already. Choose another folder, or replace it with --force.`,
      );
    }
    try {
      await mkdir(dirname(target), { recursive: true });
    } catch (error) {
      throw ReluctantError.from(error, 'STORE_FAILED', `The folder ${dirname(target)} can't be made`);
    }
    const file = await OutputFile.create(join(this.path, name));
    this.files.push(file);
    return file;
  }

  /** @returns the paths of the files */
  async commit(): Promise<readonly string[]> {
    for (const file of this.files) await file.seal();
    for (const file of this.files) await file.commit();
    return this.files.map(({ path }) => path);
  }

  /** Leaves no file behind that was not committed. */
  async discard(): Promise<void> {
    for (const file of this.files) await file.discard();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw ReluctantError.from(error, 'STORE_FAILED', `${path} can't be looked at`);
  }
}
