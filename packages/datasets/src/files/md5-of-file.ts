import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** MD5 (hex) of a file's bytes. MD5 is what the authors of old data sets publish: it tells damage, not forgery. */
export async function md5OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
