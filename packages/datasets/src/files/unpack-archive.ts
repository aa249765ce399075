import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { extract } from 'tar';

/**
 * Unpacks plain files of a tar archive (compressed or not) so that `target` appears whole or not at all: they are written
 * to `scratch`, flushed, and that folder is renamed. Only ordinary files whose path is exactly one of `entries` are taken:
 * links, devices and paths that lead elsewhere never reach the disk. Throws where one of them is missing.
 *
 * @param entries paths of the form `folder/file`; the folder is left out
 * @param scratch a folder on the file system of `target` that is not there yet
 */
export async function unpackArchive(
  archive: string,
  entries: readonly string[],
  scratch: string,
  target: string,
): Promise<void> {
  await mkdir(scratch);
  await extract({
    file: archive,
    cwd: scratch,
    strict: true,
    strip: 1,
    preserveOwner: false,
    filter: (path, entry) => entries.includes(path) && 'type' in entry && entry.type === 'File',
  });
  const unpacked = await readdir(scratch);
  const missing = entries.filter((entry) => !unpacked.includes(basename(entry)));
  if (missing.length > 0) throw new Error(`the archive lacks ${missing.join(', ')}`);
  for (const name of unpacked) await flush(join(scratch, name), 'r+');
  await rename(scratch, target).catch((error: NodeJS.ErrnoException) => {
    // Another process was quicker. Its folder is as good as ours.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  // Windows can't open folders; there the rename is durable with the journal.
  if (process.platform !== 'win32') await flush(dirname(target), 'r');
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
