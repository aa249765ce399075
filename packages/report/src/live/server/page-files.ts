import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { ReluctantError } from '@reluctant/core';

/** Where the build of the page lies, seen from the sources as from what they are compiled to. */
export const PAGE_FOLDER = join(import.meta.dirname, '../../../generated/page');

export interface PageFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Whether its name changes with its content. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * All files of the built page by the path under which they are asked for, the page itself as `/`. They are read once: a request is
 * looked up here and never becomes a path. Throws `INTERNAL` where the page was not built.
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => readPageFile(folder, join(entry.parentPath, entry.name))),
    );
    const byPath = new Map(files);
    const page = byPath.get('/index.html');
    if (!page) throw new Error('there is no index.html');
    return byPath.set('/', page);
  } catch (error) {
    const reason = (error as Error).message;
    throw new ReluctantError('INTERNAL', `The page is not built (${reason}). Build it with: npm run build`, {
      cause: error,
    });
  }
}

async function readPageFile(folder: string, path: string): Promise<[string, PageFile]> {
  const body = await readFile(path);
  const name = `/${relative(folder, path).split(sep).join('/')}`;
  return [
    name,
    {
      body,
      type: TYPES[extname(path)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      immutable: name.startsWith('/assets/'),
    },
  ];
}
