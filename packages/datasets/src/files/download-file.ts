import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { LoadContext } from '@reluctant/core';

/**
 * Fetches `url` into a new file and returns the MD5 (hex) of what arrived. Rejects where the server doesn't answer with 200,
 * breaks off, or the signal fires; what is in the file then is of no use.
 */
export async function downloadFile(
  url: string,
  path: string,
  label: string,
  { signal, onProgress }: Pick<LoadContext, 'signal' | 'onProgress'>,
): Promise<string> {
  // Asks that the archive be sent as it is stored: fetch would undo a transfer compression and the checksum not match.
  const response = await fetch(url, { signal, headers: { 'accept-encoding': 'identity' } });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
  }

  const total = Number(response.headers.get('content-length')) || undefined;
  const hash = createHash('md5');
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, passOn) {
      hash.update(chunk);
      done += chunk.length;
      onProgress?.({ label, done, total });
      passOn(null, chunk);
    },
  });
  // The two declarations of the same web stream, the browser's and Node's, differ in type only.
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  await pipeline(body, count, createWriteStream(path, { flags: 'wx' }), { signal });
  return hash.digest('hex');
}
