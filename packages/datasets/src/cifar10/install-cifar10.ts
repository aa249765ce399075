import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReluctantError, type LoadContext } from '@reluctant/core';
import { dataCorrupt } from '../files/data-corrupt.js';
import { downloadFile } from '../files/download-file.js';
import { kindOfPath } from '../files/kind-of-path.js';
import { md5OfFile } from '../files/md5-of-file.js';
import { unpackArchive } from '../files/unpack-archive.js';
import { throwIfAborted } from '../throw-if-aborted.js';
import { ARCHIVE_FOLDER, CIFAR10_FILES } from './cifar10-files.js';

/** Where the archive is, and what its bytes must hash to. */
export interface Archive {
  readonly url: string;
  readonly md5: string;
}

/** The authors' archive (170,052,171 bytes). */
export const OFFICIAL_ARCHIVE: Archive = {
  url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
  md5: 'c32a1d4ab5d03f1284b67883e8d87530',
};
/** Name under which an archive fetched by hand is recognised, in the cache folder. */
export const ARCHIVE_NAME = 'cifar-10-binary.tar.gz';

/**
 * Fills `target` from the archive that lies beside it, else from the network. `target` appears whole or not at all, and
 * nothing else stays behind, whatever goes wrong.
 *
 * Throws `DATASET_CORRUPT` where an archive put there by hand is damaged, `DATASET_DOWNLOAD_FAILED` where the network, the
 * checksum or the disk fails, `INTERRUPTED` where the signal fires.
 */
export async function installCifar10(target: string, archive: Archive, context: LoadContext): Promise<void> {
  const parent = dirname(target);
  const byHand = join(parent, ARCHIVE_NAME);
  let temporary: string | undefined;
  try {
    await mkdir(parent, { recursive: true });
    temporary = await mkdtemp(`${target}.partial-`);
    const file = await obtainArchive(byHand, join(temporary, ARCHIVE_NAME), archive, context);
    throwIfAborted(context.signal, 'unpacking CIFAR-10');
    const entries = CIFAR10_FILES.map((name) => `${ARCHIVE_FOLDER}/${name}`);
    await unpackArchive(file, entries, join(temporary, 'unpacked'), target);
  } catch (error) {
    throwIfAborted(context.signal, 'fetching CIFAR-10');
    if (ReluctantError.is(error)) throw error;
    throw new ReluctantError(
      'DATASET_DOWNLOAD_FAILED',
      `CIFAR-10 could not be fetched from ${archive.url}: ${reasonOf(error)}. Check the connection and the disk and start again; ` +
        `or fetch the archive by other means and put it at ${byHand}; ` +
        `or set RELUCTANT_CIFAR10 to a folder that holds ${CIFAR10_FILES.join(', ')}. Without data: kind "textures".`,
      { cause: error },
    );
  } finally {
    if (temporary) await rm(temporary, { recursive: true, force: true });
  }
}

/** Path of an archive with the right checksum. */
async function obtainArchive(
  byHand: string,
  path: string,
  { url, md5 }: Archive,
  context: LoadContext,
): Promise<string> {
  if ((await kindOfPath(byHand)) === 'file') {
    const present = await md5OfFile(byHand, context.signal);
    if (present !== md5) throw dataCorrupt(byHand, `the MD5 is ${present} instead of ${md5}`);
    return byHand;
  }
  const arrived = await downloadFile(url, path, 'Downloading CIFAR-10', context);
  if (arrived !== md5) throw new Error(`what arrived has the MD5 ${arrived} instead of ${md5}`);
  return path;
}

/** `fetch` hides why it failed in the cause; a refused connection has a code but no message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error.cause instanceof Error)) return error.message;
  const { message, code } = error.cause as NodeJS.ErrnoException;
  return `${error.message} (${message || code})`;
}
