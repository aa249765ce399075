import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UNPACK_LIMITS, unpackBundle } from './unpack-bundle.js';
import { verifyBundle } from './verify-bundle.js';
import { writeBundle, type BundleEntry } from './write-bundle.js';

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'reluctant-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const PART = 'readings/part-0000000001-0000000002.parquet';
const NAMES = ['README.txt', 'environment.json', 'events.jsonl', 'experiment.json', 'manifest.json', PART];
const time = new Date(Date.UTC(2026, 0, 31));
const entries: readonly BundleEntry[] = NAMES.map((name) => ({ name, content: `content of ${name}, ü` }));

async function written(more: readonly BundleEntry[] = []) {
  const folder = await temporaryFolder();
  const file = join(folder, 'run.tar.gz');
  const bundle = await writeBundle(file, { root: 'run-1', time, entries: [...entries, ...more] });
  return { folder, file, bundle };
}

/** An archive made by hand of anything. */
function archive(
  files: readonly (Partial<ConstructorParameters<typeof Header>[0]> & { path: string; content?: string })[],
) {
  // prettier-ignore
  const blocks = files.flatMap(({ content = '', ...data }) => {
    const bytes = Buffer.from(content);
    const header = new Header({ type: 'File', mode: 0o644, size: bytes.length, mtime: time, ...data } as never);
    header.encode();
    return [header.block!, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

async function unpacking(bytes: Uint8Array, limits?: Partial<typeof UNPACK_LIMITS>) {
  const folder = await temporaryFolder();
  const file = join(folder, 'bundle.tar.gz');
  const into = join(folder, 'deep', 'into');
  await mkdir(into, { recursive: true });
  await writeFile(file, bytes);
  await writeFile(join(folder, 'outside.txt'), 'as it was');
  const outcome = await unpackBundle(file, into, { ...UNPACK_LIMITS, ...limits }).catch((error: unknown) => error);
  expect(await readFile(join(folder, 'outside.txt'), 'utf8')).toBe('as it was');
  expect((await readdir(folder)).sort()).toEqual(['bundle.tar.gz', 'deep', 'outside.txt']);
  expect(await readdir(join(folder, 'deep'))).toEqual(['into']);
  return { outcome, into };
}

describe('a bundle', () => {
  it('comes back as it was written, also by tar and sha256sum', async () => {
    const { folder, file } = await written();
    const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
    await Promise.all([mkdir(ours), mkdir(theirs)]);
    await unpackBundle(file, ours);
    await verifyBundle(ours);
    execFileSync('tar', ['xzf', file, '-C', theirs]);
    execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: join(theirs, 'run-1'), stdio: 'pipe' });
    for (const place of [ours, join(theirs, 'run-1')]) {
      for (const name of NAMES) expect(await readFile(join(place, name), 'utf8')).toBe(`content of ${name}, ü`);
    }
    // Packed anew, it has folders of its own, and another order.
    execFileSync('tar', ['czf', join(folder, 'again.tar.gz'), '-C', theirs, 'run-1']);
    await unpackBundle(join(folder, 'again.tar.gz'), join(folder, 'again'));
    await verifyBundle(join(folder, 'again'));
  });

  it('is the same bytes for the same content, whatever its order and place', async () => {
    const [one, two] = [await written(), await written()];
    expect(await readFile(one.file)).toEqual(await readFile(two.file));
    expect(one.bundle).toMatchObject({ sha256: two.bundle.sha256, files: ['SHA256SUMS', ...NAMES] });
    const reversed = await writeBundle(two.file, { root: 'run-1', time, entries: entries.toReversed() });
    expect(reversed.sha256).toBe(one.bundle.sha256);
  });

  it('holds files of any size, and leaves nothing half done where one is gone', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'large');
    const large = Buffer.alloc(3_000_001, 'abc');
    await writeFile(path, large);
    const name = 'checkpoints/step-00000001.safetensors';
    const { file } = await written([{ name, content: { path } }]);
    await unpackBundle(file, join(folder, 'into'));
    await verifyBundle(join(folder, 'into'));
    expect((await readFile(join(folder, 'into', name))).equals(large)).toBe(true);
    const gone = { name, content: { path: join(folder, 'gone') } };
    const target = join(folder, 'x.tar.gz');
    await expect(writeBundle(target, { root: 'r', time, entries: [gone] })).rejects.toMatchObject({ code: 'STORE_FAILED' }); // prettier-ignore
    expect((await readdir(folder)).sort()).toEqual(['into', 'large']);
  });

  it('is known to be damaged where a file was changed, added or taken away', async () => {
    const { folder, file } = await written();
    const into = join(folder, 'into');
    await unpackBundle(file, into);
    const damaged = async (message: string) =>
      expect(verifyBundle(into)).rejects.toMatchObject({
        code: 'RUN_CORRUPT',
        message: expect.stringContaining(message),
      });
    await writeFile(join(into, PART), 'other');
    await damaged(`${PART} is not what it was`);
    await rm(join(into, PART));
    await damaged(`${PART} is missing`);
    await writeFile(join(into, 'report.html'), '');
    await damaged('report.html is not in SHA256SUMS');
    await rm(join(into, 'manifest.json'));
    await damaged('manifest.json is missing');
  });
});

describe('an archive from anybody', () => {
  const hostile: readonly [string, Parameters<typeof archive>[0], string][] = [
    ['a path that leads out', [{ path: '../../outside.txt', content: 'x' }], 'which bundles do not'],
    [
      'a path that leads out later',
      [{ path: 'run/readings/../../../outside.txt', content: 'x' }],
      'which bundles do not',
    ],
    ['an absolute path', [{ path: '/tmp/manifest.json', content: 'x' }], 'which bundles do not'],
    ['a path of Windows', [{ path: 'run\\..\\manifest.json', content: 'x' }], 'which bundles do not'],
    ['a folder of dots', [{ path: '../manifest.json', content: 'x' }], 'which bundles do not'],
    ['another name', [{ path: 'run/evil.js', content: 'x' }], 'which bundles do not'],
    ['a hidden name', [{ path: 'run/.npmrc', content: 'x' }], 'which bundles do not'],
    ['no folder', [{ path: 'manifest.json', content: 'x' }], 'which bundles do not'],
    ['two folders', [{ path: 'a/manifest.json' }, { path: 'b/events.jsonl' }], 'which bundles do not'],
    [
      'a symbolic link',
      [{ path: 'run/manifest.json', type: 'SymbolicLink', linkpath: '/etc/passwd' }],
      'no plain file',
    ],
    ['a hard link', [{ path: 'run/manifest.json', type: 'Link', linkpath: '/etc/passwd' }], 'no plain file'],
    ['a device', [{ path: 'run/manifest.json', type: 'CharacterDevice' }], 'no plain file'],
    ['a pipe', [{ path: 'run/events.jsonl', type: 'FIFO' }], 'no plain file'],
    ['a file twice', [{ path: 'run/events.jsonl' }, { path: 'run/events.jsonl' }], 'twice'],
    [
      'a link in place of a folder',
      [{ path: 'run/readings', type: 'SymbolicLink', linkpath: '/tmp' }],
      'no plain file',
    ],
  ];

  it.each(hostile)('is refused for %s', async (_, files, message) => {
    const { outcome } = await unpacking(archive(files));
    expect(outcome).toMatchObject({ code: 'RUN_CORRUPT', message: expect.stringContaining(message) });
  });

  it('is refused for more than fits', async () => {
    const large = archive([{ path: 'run/events.jsonl', content: 'x'.repeat(5000) }]);
    const refused = { code: 'RUN_CORRUPT', message: expect.stringContaining('too large') };
    expect((await unpacking(large, { bytes: 4999 })).outcome).toMatchObject(refused);
    expect((await unpacking(large, { bytes: 5000 })).outcome).toBeUndefined();
    const document = archive([{ path: 'run/manifest.json', content: 'x'.repeat(5000) }]);
    expect((await unpacking(document, { documentBytes: 4999 })).outcome).toMatchObject(refused);
    const two = archive([{ path: 'run/manifest.json' }, { path: 'run/events.jsonl' }]);
    expect((await unpacking(two, { files: 1 })).outcome).toMatchObject({ message: expect.stringContaining('1 files') });
  });

  it('is refused where it is torn, or something else', async () => {
    const { file } = await written();
    const whole = await readFile(file);
    for (const part of [0.2, 0.5, 0.9, 0.99]) {
      const { outcome, into } = await unpacking(whole.subarray(0, Math.floor(part * whole.length)));
      const failure = outcome ?? (await verifyBundle(into).catch((error: unknown) => error));
      expect(failure).toMatchObject({ code: 'RUN_CORRUPT' });
    }
    for (const other of [Buffer.from('not an archive at all'), Buffer.alloc(0), gzipSync('nor this')]) {
      const { outcome, into } = await unpacking(other);
      const failure = outcome ?? (await verifyBundle(into).catch((error: unknown) => error));
      expect(failure).toMatchObject({ code: 'RUN_CORRUPT' });
    }
    const folder = await temporaryFolder();
    await expect(unpackBundle(join(folder, 'none.tar.gz'), folder)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    await expect(unpackBundle(folder, folder)).rejects.toMatchObject({ code: 'USAGE' });
  });
});
