import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { create } from 'tar';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cifar10Records, writeCifar10 } from '../testing/cifar10-samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createCifar10, cifar10Options } from './cifar10.js';
import { ARCHIVE_FOLDER, CIFAR10_FILES } from './cifar10-files.js';
import { ARCHIVE_NAME, type Archive } from './install-cifar10.js';

type Loading = Parameters<ReturnType<typeof createCifar10>['load']>[1];

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** A small archive in the layout of the authors', with files that no one asked for beside. */
async function smallArchive(): Promise<Buffer> {
  const folder = await temporaryFolder();
  const inside = join(folder, ARCHIVE_FOLDER);
  await mkdir(inside);
  await writeCifar10(inside, 12);
  await writeFile(join(inside, 'readme.html'), 'unwanted');
  await writeFile(join(folder, 'outside.bin'), 'unwanted');
  await symlink('/etc', join(inside, 'link'));
  const file = join(folder, 'archive.tar.gz');
  await create({ gzip: true, file, cwd: folder }, [ARCHIVE_FOLDER, 'outside.bin']);
  return readFile(file);
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${ARCHIVE_NAME}`;
}

/** Loads with an empty cache; `left` tells what lies in the cache afterwards. */
async function loader(archive: Archive): Promise<{
  load: (context?: Partial<Loading>) => ReturnType<ReturnType<typeof createCifar10>['load']>;
  cache: string;
  left: () => Promise<string[]>;
}> {
  const home = await temporaryFolder();
  const cache = join(home, 'cache');
  const dataset = createCifar10(archive, () => ({ env: { RELUCTANT_CACHE: cache }, home, cwd: home }));
  return {
    cache,
    load: (context) => dataset.load(cifar10Options.parse({}), { seed: 1, ...context }),
    left: () => readdir(cache),
  };
}

describe('installing CIFAR-10', () => {
  it('downloads with progress, unpacks only what is wanted, and does not fetch it again', async () => {
    const bytes = await smallArchive();
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.setHeader('content-length', bytes.length);
      response.end(bytes);
    });
    const { load, left, cache } = await loader({ url, md5: md5(bytes) });
    const progress: { label: string; done: number; total?: number }[] = [];
    const data = await load({ onProgress: (report) => progress.push(report) });

    expect([data.train.size, data.test.size, data.source]).toEqual([60, 12, join(cache, 'cifar10')]);
    expect(progress.at(-1)).toEqual({ label: 'Downloading CIFAR-10', done: bytes.length, total: bytes.length });
    expect(await left()).toEqual(['cifar10']);
    expect((await readdir(join(cache, 'cifar10'))).sort()).toEqual([...CIFAR10_FILES].sort());
    expect(await readFile(join(cache, 'cifar10', 'test_batch.bin'))).toEqual(cifar10Records(5, 12));
    expect((await load()).digest).toBe(data.digest);
    expect(requests).toBe(1);
  });

  it('serves two loads at a time, both of which download', async () => {
    const bytes = await smallArchive();
    const url = await serve((_, response) => response.end(bytes));
    const { load, left } = await loader({ url, md5: md5(bytes) });
    const [one, other] = await Promise.all([load(), load()]);
    expect(one.digest).toBe(other.digest);
    expect(await left()).toEqual(['cifar10']);
  });

  it.each<[string, (bytes: Buffer) => RequestListener, RegExp]>([
    [
      'a wrong checksum',
      (bytes) => (_, response) => response.end(bytes.fill(0, 100, 110)),
      /what arrived has the MD5 [0-9a-f]{32} instead of/,
    ],
    [
      'a body that breaks off',
      (bytes) => (_, response) => {
        response.setHeader('content-length', bytes.length);
        response.write(bytes.subarray(0, 500), () => response.destroy());
      },
      /terminated/,
    ],
    [
      'a body that ends early without its length told',
      (bytes) => (_, response) => response.end(bytes.subarray(0, 500)),
      /what arrived has the MD5/,
    ],
    [
      'a page that is gone',
      () => (_, response) => response.writeHead(404).end('gone'),
      /the server answered 404 Not Found/,
    ],
  ])('fails and leaves nothing behind after %s', async (_, listener, reason) => {
    const bytes = await smallArchive();
    const checksum = md5(bytes);
    const url = await serve(listener(bytes));
    const { load, left } = await loader({ url, md5: checksum });
    await expect(load()).rejects.toMatchObject({
      code: 'DATASET_DOWNLOAD_FAILED',
      message: expect.stringMatching(reason),
    });
    expect(await left()).toEqual([]);
  });

  it('tells what to do without a network: the URL, where to put the archive, the variable', async () => {
    const url = await serve((request) => request.socket.destroy());
    const { load, left, cache } = await loader({ url, md5: '' });
    const error: unknown = await load().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'DATASET_DOWNLOAD_FAILED' });
    const { message } = error as Error;
    for (const part of [url, join(cache, ARCHIVE_NAME), 'RELUCTANT_CIFAR10', 'data_batch_1.bin', 'textures']) {
      expect(message).toContain(part);
    }
    expect(await left()).toEqual([]);
  });

  it('stops a download where the signal fires, and leaves nothing behind', async () => {
    const bytes = await smallArchive();
    const url = await serve((_, response) => response.write(bytes.subarray(0, 500)));
    const { load, left } = await loader({ url, md5: md5(bytes) });
    const controller = new AbortController();
    const loading = load({ signal: controller.signal, onProgress: () => controller.abort() });
    await expect(loading).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(await left()).toEqual([]);
  });

  it('takes an archive that was put in the cache by hand, without any network', async () => {
    const bytes = await smallArchive();
    const { load, left, cache } = await loader({ url: 'http://127.0.0.1:1/', md5: md5(bytes) });
    await mkdir(cache);
    await writeFile(join(cache, ARCHIVE_NAME), bytes);
    expect((await load()).train.size).toBe(60);
    expect((await left()).sort()).toEqual([ARCHIVE_NAME, 'cifar10']);
  });

  it('refuses an archive put there by hand whose checksum is wrong, and leaves it', async () => {
    const { load, left, cache } = await loader({ url: 'http://127.0.0.1:1/', md5: md5(Buffer.of()) });
    await mkdir(cache);
    await writeFile(join(cache, ARCHIVE_NAME), 'damaged');
    const corrupt = { code: 'DATASET_CORRUPT', message: expect.stringContaining(join(cache, ARCHIVE_NAME)) };
    await expect(load()).rejects.toMatchObject(corrupt);
    expect(await left()).toEqual([ARCHIVE_NAME]);
  });

  it('refuses an archive that lacks files', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, ARCHIVE_FOLDER));
    await writeFile(join(folder, ARCHIVE_FOLDER, 'test_batch.bin'), cifar10Records(0, 1));
    await create({ gzip: true, file: join(folder, 'bad.tar.gz'), cwd: folder }, [ARCHIVE_FOLDER]);
    const bytes = await readFile(join(folder, 'bad.tar.gz'));
    const url = await serve((_, response) => response.end(bytes));
    const { load, left } = await loader({ url, md5: md5(bytes) });
    await expect(load()).rejects.toMatchObject({
      code: 'DATASET_DOWNLOAD_FAILED',
      message: expect.stringContaining('the archive lacks cifar-10-batches-bin/data_batch_1.bin'),
    });
    expect(await left()).toEqual([]);
  });
});
