import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordComparison } from './bundle/compare-records.js';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const PLUGIN = join(import.meta.dirname, 'testing/plugins/planted.js');

const tiny = {
  name: 'tiny',
  seed: 4,
  dataset: { kind: 'textures', trainSize: 40, testSize: 20, augment: { crop: 4, flip: true } },
  architecture: { kind: 'vgg', layout: [4, 'M', 6, 'M'], batchNorm: true, dropout: 0.2 },
  engine: { kind: 'onnx', worker: false },
  training: { epochs: 2, batchSize: 16, learningRate: 0.05 },
};

type Repeated = { readonly repeated: RecordComparison & { readonly run: string; readonly reasons: readonly string[] } };

async function bundled(experiment: object, folder: string, ...more: readonly string[]) {
  const file = join(folder, 'experiment.json');
  await writeFile(file, JSON.stringify(experiment));
  const ran = await runCli(folder, '--json', '--quiet', 'run', file);
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const { id, path } = JSON.parse(ran.stdout) as { id: string; path: string };
  const archive = join(folder, 'bundle.tar.gz');
  const made = await runCli(folder, '--json', '--quiet', 'bundle', id, '-o', archive, ...more);
  expect([made.code, made.stderr]).toEqual([0, '']);
  return { id, path, archive, made: JSON.parse(made.stdout) as { files: string[]; sha256: string } };
}

/** A copy of a bundle in a folder of its own, where it is repeated. */
async function copied({ archive: original }: { readonly archive: string }) {
  const folder = await temporaryFolder();
  const archive = join(folder, 'bundle.tar.gz');
  await cp(original, archive);
  const repeat = (...args: readonly string[]) => runCli(folder, 'run', '--from', archive, ...args);
  return { folder, archive, repeat };
}

let shared: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reluctant-bundles-'));
  shared = await bundled(tiny, folder);
  return () => rm(folder, { recursive: true });
});

/** Changes a bundle's files and makes its check sums fit. */
async function forge(archive: string, folder: string, change: (root: string) => Promise<void>) {
  const place = join(folder, 'forged');
  await mkdir(place);
  execFileSync('tar', ['xzf', archive, '-C', place]);
  const [name] = await readdir(place);
  const root = join(place, name);
  await change(root);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS');
  const sums = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const sum = createHash('sha256').update(await readFile(path)).digest('hex'); // prettier-ignore
    return `${sum}  ${path.slice(root.length + 1)}\n`;
  });
  await writeFile(join(root, 'SHA256SUMS'), (await Promise.all(sums)).join(''));
  execFileSync('tar', ['czf', archive, '-C', place, name]);
}

async function edit(file: string, change: (text: string) => string) {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

describe('a bundle', () => {
  it('is repeated bit for bit, and is the same bytes each time', async () => {
    const { id, path, made } = shared;
    const { folder, archive, repeat } = await copied(shared);
    expect(made.files).toEqual(expect.arrayContaining(['SHA256SUMS', 'README.txt', 'report.html', 'events.jsonl']));
    expect(made.files.some((name) => name.startsWith('checkpoints'))).toBe(false);
    const again = await runCli(folder, '--json', 'bundle', path, '-o', join(folder, 'again.tar.gz'));
    expect(JSON.parse(again.stdout)).toMatchObject({ run: id, sha256: made.sha256 });

    const told = await repeat('--quiet');
    expect([told.code, told.stderr]).toEqual([0, '']);
    expect(told.stdout).toContain('Repeated, bit for bit');
    const { repeated } = JSON.parse((await repeat('--quiet', '--json')).stdout) as Repeated;
    expect(repeated).toMatchObject({ run: id, equal: true, valuesThatDiffer: 0, counts: [], reasons: [] });
    expect(repeated.values).toBeGreaterThan(1000);
    // Nothing of the bundle.
    expect(await readdir(join(folder, 'runs'))).toHaveLength(2);

    // Unpacked, it is a run like any other.
    const unpacked = join(folder, 'unpacked');
    await mkdir(unpacked);
    execFileSync('tar', ['xzf', archive, '-C', unpacked]);
    const listed = await runCli(folder, '--runs', unpacked, '--json', 'list', 'runs');
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id, status: 'completed' }]);
    const out = join(folder, 'report.html');
    expect((await runCli(folder, 'report', join(unpacked, id), '-o', out)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(await readFile(join(unpacked, id, 'report.html'), 'utf8'));
    expect(await readFile(join(unpacked, id, 'README.txt'), 'utf8')).toContain(`reluctant run --from ${id}.tar.gz`);
  });

  it('tells what differs where another experiment was run', async () => {
    const { repeat } = await copied(await bundled(tiny, await temporaryFolder(), '--checkpoints'));
    const told = await repeat('--quiet', '--set', 'training.learningRate=0.06');
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(/Not the same: .* differ/);
    expect(told.stdout).toContain('tap.sampled.sample.values.fired');
    const { stdout } = await repeat('--quiet', '--json', '--set', 'training.epochs=1');
    const { repeated } = JSON.parse(stdout) as Repeated;
    expect(repeated).toMatchObject({ equal: false });
    expect(repeated.counts).toContainEqual({ type: 'step.completed', bundled: 6, repeated: 3 });
  });

  it('of another version says what differs, and is run all the same', async () => {
    const { folder, archive, repeat } = await copied(shared);
    await forge(archive, folder, async (root) => {
      await edit(join(root, 'environment.json'), (text) => text.replace(/"node": "[^"]*"/, '"node": "18.0.0"'));
    });
    const told = await repeat();
    expect(told.code).toBe(0);
    expect(told.stderr).toMatch(/node is .* here, and was 18\.0\.0/);
    expect(told.stdout).toContain('bit for bit');
  });

  it('of other data is refused before anything is recorded', async () => {
    const { folder, archive, repeat } = await copied(shared);
    expect(await repeat('--quiet', '--set', 'dataset.trainSize=41')).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/CONFIG_INVALID.*digest/),
    });
    await forge(archive, folder, async (root) => {
      await edit(join(root, 'environment.json'), (text) => text.replace('"formatVersion": 1', '"formatVersion": 2'));
    });
    expect(await repeat('--quiet')).toMatchObject({ code: 9, stderr: expect.stringContaining('later version') });
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  it('is refused where it was changed, and where it is none', async () => {
    const { folder, archive, repeat } = await copied(shared);
    const place = join(folder, 'changed');
    await mkdir(place);
    execFileSync('tar', ['xzf', archive, '-C', place]);
    const [name] = await readdir(place);
    await edit(join(place, name, 'manifest.json'), (text) => text.replace('"seed": 4', '"seed": 5'));
    execFileSync('tar', ['czf', archive, '-C', place, name]);
    expect(await repeat('--quiet')).toMatchObject({ code: 9, stderr: expect.stringMatching(/manifest\.json is not what it was/) }); // prettier-ignore
    await writeFile(archive, 'nothing of the kind');
    expect(await repeat('--quiet')).toMatchObject({ code: 9, stderr: expect.stringContaining('not a whole bundle') });
    await rename(archive, `${archive}.gone`);
    expect(await repeat('--quiet')).toMatchObject({ code: 9, stderr: expect.stringContaining('There is no bundle') });
    for (const args of [['run'], ['run', 'experiment.json', '--from', archive]]) {
      expect(await runCli(folder, ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('either') });
    }
  });

  it('asks for the plugins that it needs', async () => {
    const training = { epochs: 1, learningRate: 0 };
    const planted = { plugins: [PLUGIN], dataset: 'levels', architecture: 'planted', engine: 'cpu', training };
    const { repeat } = await copied(await bundled(planted, await temporaryFolder()));
    expect(await repeat('--quiet')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('give each with --plugin'),
    });
    const told = await repeat('--quiet', '--plugin', PLUGIN);
    expect([told.code, told.stderr]).toEqual([0, '']);
    // This plugin draws weights of its last layer without the seed. What comes before that is the same.
    expect(told.stdout).toMatch(/step\.completed\.loss +4 of 4/);
    expect(told.stdout).not.toContain('tap.sampled');
  });

  it('is made of simulations too, and not of runs that did not end', async () => {
    const simulation = { kind: 'single-unit', trials: 20, steps: 100 };
    const made = await bundled({ name: 's', simulation }, await temporaryFolder());
    const { folder, repeat } = await copied(made);
    expect((await repeat('--quiet')).stdout).toContain('bit for bit');
    const cut = join(folder, 'cut');
    await cp(made.path, cut, { recursive: true });
    await edit(join(cut, 'events.jsonl'), (text) => text.split('\n').slice(0, -2).join('\n') + '\n');
    expect(await runCli(folder, 'bundle', cut)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has not ended'),
    });
  });
});
