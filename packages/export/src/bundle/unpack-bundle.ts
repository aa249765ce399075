import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ReluctantError } from '@reluctant/core';
import { Header } from 'tar';
import { isDocument, nameInBundle } from './bundle-names.js';
import { ByteSource } from './byte-source.js';

const BLOCK = 512;
/** Zeros that may follow the last file: programs fill up a record. */
const PADDING = 1 << 20;

/** What an archive from anywhere may ask of this machine. */
export interface UnpackLimits {
  /** Folders included. */
  readonly files: number;
  /** Of all files together, unpacked. */
  readonly bytes: number;
  /** Of a file that is read into memory as a whole. */
  readonly documentBytes: number;
}

export const UNPACK_LIMITS: UnpackLimits = { files: 100_000, bytes: 2 ** 34, documentBytes: 2 ** 24 };

/**
 * Unpacks an archive that may come from anybody: plain files with the names of a bundle, in one top folder, which is left out. A
 * link, any other name, a second file of the same name and more than the limits allow are refused before they are written. Memory
 * does not grow with the archive.
 * @param into an empty folder of its own; what is in it after a failure is to be thrown away
 * @throws `RUN_NOT_FOUND` where there is no such file, `RUN_CORRUPT` where it is no bundle, `USAGE` for a folder, `STORE_FAILED`
 */
export async function unpackBundle(file: string, into: string, limits = UNPACK_LIMITS): Promise<void> {
  const tar = createGunzip();
  // What fails on the way is told by whoever reads the end of it.
  pipeline(createReadStream(file), tar, () => undefined);
  const source = new ByteSource(tar as AsyncIterable<Buffer>);
  const admit = admission(limits);
  try {
    for (;;) {
      const header = new Header(await source.block(BLOCK));
      if (header.nullBlock) return await source.end(PADDING);
      if (!header.cksumValid) throw new Error('a header in it is damaged');
      const name = admit(header);
      const size = header.size ?? 0;
      if (name !== undefined) await write(source.take(size), join(into, name));
      await source.block((BLOCK - (size % BLOCK)) % BLOCK);
    }
  } catch (error) {
    throw failureOf(error as NodeJS.ErrnoException, file);
  } finally {
    tar.destroy();
  }
}

/** Tells under which name to write a file of an archive; undefined for a folder, which is made where a file needs it. */
function admission(limits: UnpackLimits): (header: Header) => string | undefined {
  const names = new Set<string>();
  let entries = 0;
  let root: string | undefined;
  let bytes = 0;
  return ({ path = '', type, size = 0 }) => {
    const shown = JSON.stringify(path.slice(0, 200));
    if (++entries > limits.files) throw new Error(`it holds more than ${limits.files} files`);
    if (type === 'Directory' && size === 0) return undefined;
    if (type !== 'File' && type !== 'OldFile') throw new Error(`${shown} is no plain file (${type})`);
    const place = nameInBundle(path);
    if (!place || (root ??= place.root) !== place.root) throw new Error(`it holds ${shown}, which bundles do not`);
    if (names.has(place.name)) throw new Error(`it holds ${shown} twice`);
    names.add(place.name);
    bytes += size;
    if (bytes > limits.bytes || (isDocument(place.name) && size > limits.documentBytes)) {
      throw new Error(`${shown} is too large, or all files together are`);
    }
    return place.name;
  };
}

async function write(content: AsyncIterable<Buffer>, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'wx');
  try {
    for await (const chunk of content) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
}

function failureOf(error: NodeJS.ErrnoException, file: string): ReluctantError {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new ReluctantError('RUN_NOT_FOUND', `There is no bundle ${file}.`, { cause: error });
  }
  if (error.code === 'EISDIR') {
    const what = `${file} is a folder. Give the archive that \`reluctant bundle\` made`;
    return new ReluctantError('USAGE', `${what}, or run the experiment.json in it.`, { cause: error });
  }
  if (error.code === 'ENOSPC' || error.code === 'EACCES' || error.code === 'EDQUOT') {
    return ReluctantError.from(error, 'STORE_FAILED', `The bundle ${file} can't be unpacked`);
  }
  const message = `${file} is not a whole bundle: ${error.message}. Get it again from where it came from.`;
  return new ReluctantError('RUN_CORRUPT', message, { cause: error });
}
