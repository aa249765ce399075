import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { ReluctantError } from '@reluctant/core';
import { Header } from 'tar';
import { OutputFile } from '../files/output-file.js';
import { isBundleName, SUMS } from './bundle-names.js';
import { fileDigest, type FileDigest } from './file-digest.js';

const BLOCK = 512;

/** A file of a bundle: a text, or the content of a file. */
export interface BundleEntry {
  readonly name: string;
  readonly content: string | { readonly path: string };
}

export interface WrittenBundle extends FileDigest {
  readonly path: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
}

/**
 * Writes a gzipped tar archive, atomically. The same entries give the same bytes: they are sorted, and belong to nobody.
 * @param root name of the folder that holds all files
 * @param time what is told as the time of their last change
 * @throws `STORE_FAILED` where a file can't be read or the archive can't be written
 */
export async function writeBundle(
  file: string,
  { root, time, entries }: { readonly root: string; readonly time: Date; readonly entries: readonly BundleEntry[] },
): Promise<WrittenBundle> {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  const strange = sorted.find(({ name }, index) => !isBundleName(name) || name === sorted[index + 1]?.name);
  if (strange) throw new ReluctantError('INTERNAL', `A bundle has no place for ${JSON.stringify(strange.name)}.`);
  const output = await OutputFile.create(file);
  try {
    const digests = await Promise.all(sorted.map(digestOf));
    const sums = sorted.map(({ name }, index) => `${digests[index].sha256}  ${name}\n`).join('');
    const all: readonly (BundleEntry & FileDigest)[] = [
      { name: SUMS, content: sums, bytes: Buffer.byteLength(sums), sha256: '' },
      ...sorted.map((entry, index) => ({ ...entry, ...digests[index] })),
    ];
    const hash = createHash('sha256');
    let bytes = 0;
    const tar = Readable.from(blocksOf(all, root, time));
    const archive = tar.pipe(createGzip());
    tar.on('error', (error) => archive.destroy(error));
    for await (const chunk of archive as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      await output.write(chunk);
    }
    await output.commit();
    return { path: output.path, files: all.map(({ name }) => name), bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await output.discard();
    throw ReluctantError.from(error, 'STORE_FAILED', `The bundle ${file} can't be written`);
  }
}

async function digestOf({ content }: BundleEntry): Promise<FileDigest> {
  if (typeof content !== 'string') return fileDigest(content.path);
  const hash = createHash('sha256').update(content);
  return { bytes: Buffer.byteLength(content), sha256: hash.digest('hex') };
}

async function* blocksOf(
  entries: readonly (BundleEntry & FileDigest)[],
  root: string,
  mtime: Date,
): AsyncGenerator<Buffer> {
  for (const { name, content, bytes } of entries) {
    const owner = { uid: 0, gid: 0, uname: '', gname: '' };
    const header = new Header({ path: `${root}/${name}`, type: 'File', mode: 0o644, size: bytes, mtime, ...owner });
    if (header.encode()) throw new Error(`the name ${root}/${name} or its size is too long for the tar format`);
    yield header.block!;
    let written = 0;
    const chunks = typeof content === 'string' ? [Buffer.from(content)] : createReadStream(content.path);
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      written += chunk.length;
      yield chunk;
    }
    if (written !== bytes) throw new Error(`${name} was changed meanwhile`);
    yield Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}
