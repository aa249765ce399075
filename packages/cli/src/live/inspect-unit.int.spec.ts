import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  evaluationForward,
  plugins,
  resolveExperiment,
  runExperiment,
  RunStore,
  withRecordedNetwork,
  type RunReader,
} from '@reluctant/core';
import { tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { compose } from '../compose.js';
import { runCli, temporaryFolder } from '../testing/run-cli.js';
import { createUnitInspector } from './inspect-unit.js';

const never = new AbortController().signal;

const VGG = { kind: 'vgg', layout: [4, 'M', 6, 'M'], batchNorm: true };
const RESNET = { kind: 'resnet', depth: 8, width: 4 };

async function trained(more: object = {}) {
  const runs = join(await temporaryFolder(), 'runs');
  const container = await compose({ runs, plugins: [] });
  const document = {
    name: 'inspected',
    dataset: { kind: 'textures', trainSize: 40, testSize: 30 },
    architecture: VGG,
    engine: { kind: 'onnx', worker: false },
    training: { epochs: 1, batchSize: 20, learningRate: 0.05 },
    // Two batches, the second of which is smaller.
    measurement: { batchSize: 23 },
    ...more,
  };
  const outcome = await runExperiment(resolveExperiment(document, plugins(container), 'test'), container);
  const reader = await container.get(RunStore).open(outcome.path);
  return { container, reader, id: outcome.id, checkpoint: (await reader.latestCheckpoint())! };
}

/** Has the record tell of other data than there are. */
async function forgetData({ summary: { path, manifest } }: RunReader): Promise<void> {
  const file = join(path, 'manifest.json');
  const { digest } = manifest.dataset!;
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(digest, 'f'.repeat(digest.length)));
}

/** Has the record tell that it was CIFAR-10, to be downloaded where it is missing. */
async function claimDownload({ summary: { path, manifest } }: RunReader): Promise<void> {
  const config = { ...manifest.config, dataset: { kind: 'cifar10', download: true } };
  await writeFile(join(path, 'manifest.json'), JSON.stringify({ ...manifest, config }));
}

/** The images on which a unit's greatest output is greatest, by tfjs's kernels and sorting. */
async function bruteForce(
  { container, reader, checkpoint }: Awaited<ReturnType<typeof trained>>,
  site: string,
  unit: number,
) {
  return withRecordedNetwork(reader.summary, checkpoint, container, {}, async ({ dataset, network }) => {
    const found: { image: number; label: number; output: number }[] = [];
    for await (const { size, x, y } of dataset.probe.batches({ batchSize: 1, seed: 0, epoch: 0, shuffle: false })) {
      const outputs = tidy(() => {
        const images = tensor(x, [size, ...dataset.inputShape]);
        const parameter = (name: string) => tensor(checkpoint.state[name].data, [...checkpoint.state[name].shape]);
        return evaluationForward(network.graph, images, parameter).get(site)!.dataSync();
      });
      const units = network.sites.find(({ name }) => name === site)!.units;
      const output = Math.max(...outputs.filter((_, index) => index % units === unit));
      found.push({ image: found.length, label: y[0], output });
    }
    return found
      .filter(({ output }) => output > 0)
      .sort((a, b) => b.output - a.output || a.image - b.image)
      .slice(0, 9);
  });
}

describe('the inspection of a unit', () => {
  it.each([
    ['a VGG with batch normalisation', VGG],
    ['a ResNet', RESNET],
  ])('finds the images that fire it most, as a search of all outputs does: %s', async (_, architecture) => {
    const run = await trained({ architecture });
    const inspect = createUnitInspector(run.container);
    const { sites } = run.reader.summary.manifest.network!;
    for (const { name, units } of [sites[0], sites[1], sites.at(-1)!]) {
      const { strongest, filter, note } = await inspect(run.id, name, units - 1, never);
      const expected = await bruteForce(run, name, units - 1);
      expect(strongest.map(({ image, label }) => ({ image, label }))).toEqual(
        expected.map(({ image, label }) => ({ image, label })),
      );
      for (const [rank, { output }] of expected.entries()) {
        expect(Math.abs(strongest[rank].output - output)).toBeLessThan(1e-4 * (1 + output));
      }
      expect(filter === null).toBe(name !== sites[0].name);
      expect(note === null).toBe(strongest.length > 0);
    }
  });

  it('shows images as they are, and filters around grey', async () => {
    const run = await trained();
    const site = run.reader.summary.manifest.network!.sites[0].name;
    const { strongest, filter } = await createUnitInspector(run.container)(run.id, site, 2, never);
    const { data } = run.checkpoint.state['conv1/kernel'];
    const weights = data.filter((_, index) => index % 4 === 2);
    const largest = Math.max(...weights.map(Math.abs));
    expect(filter).toMatchObject({ width: 3, height: 3 });
    expect([...Buffer.from(filter!.rgb, 'base64')]).toEqual(
      Array.from(weights, (weight) => expect.toSatisfy((byte: number) => Math.abs(byte - 127.5 * (1 + weight / largest)) <= 0.5001)), // prettier-ignore
    );
    const { picture, image } = strongest[0];
    expect(picture).toMatchObject({ width: 32, height: 32 });
    const pixels = await withRecordedNetwork(
      run.reader.summary,
      run.checkpoint,
      run.container,
      {},
      async (recorded) => {
        const { mean, std } = recorded.dataset.normalization;
        const all = recorded.dataset.probe.batches({ batchSize: 30, seed: 0, epoch: 0, shuffle: false });
        for await (const { x } of all) {
          return Array.from(x.subarray(image * 3072, (image + 1) * 3072), (value, index) => 255 * (value * std[index % 3] + mean[index % 3])); // prettier-ignore
        }
        return [];
      },
    );
    const bytes = [...Buffer.from(picture.rgb, 'base64')];
    expect(bytes).toHaveLength(3072);
    for (const [index, byte] of bytes.entries()) expect(Math.abs(byte - pixels[index])).toBeLessThanOrEqual(0.51);
  });

  it('remembers a site, and stops for a signal', async () => {
    const run = await trained();
    const inspect = createUnitInspector(run.container);
    const { sites } = run.reader.summary.manifest.network!;
    const site = sites[1].name;
    const stopped = inspect(run.id, site, 0, AbortSignal.abort(new Error('gone')));
    const first = inspect(run.id, site, 0, never);
    await expect(stopped).rejects.toThrow('gone');
    const shown = await first;
    expect(shown.strongest).not.toEqual([]);
    // Run again, the network would be refused.
    await forgetData(run.reader);
    expect(await inspect(run.id, site, 0, never)).toEqual(shown);
    expect((await inspect(run.id, sites[0].name, 0, never)).note).toContain('digest');
  });

  it('says why there is nothing to show', async () => {
    const run = await trained();
    const site = run.reader.summary.manifest.network!.sites[0].name;
    await forgetData(run.reader);
    const inspect = createUnitInspector(run.container);
    const nothing = { filter: null, strongest: [] };
    expect(await inspect(run.id, site, 0, never)).toEqual({ ...nothing, note: expect.stringContaining('digest') });
    await rm(join(run.reader.summary.path, 'checkpoints'), { recursive: true });
    expect(await inspect(run.id, site, 0, never)).toEqual({
      ...nothing,
      note: expect.stringContaining('No checkpoint'),
    });
    await expect(inspect(run.id, 'nowhere', 0, never)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(inspect(run.id, site, 4, never)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(inspect('no-run', site, 0, never)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('downloads nothing, whatever the run was allowed to', async () => {
    const run = await trained();
    await claimDownload(run.reader);
    vi.stubEnv('RELUCTANT_CIFAR10', '');
    vi.stubEnv('RELUCTANT_CACHE', await temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    const { note } = await createUnitInspector(run.container)(run.id, 'relu1', 0, never);
    expect(note).toContain('or allow dataset.download');
  });

  it('tells of a unit that is dead, in a network of grey images and planted weights', async () => {
    const folder = await temporaryFolder();
    const plugin = join(import.meta.dirname, '../testing/plugins/planted.js');
    const file = join(folder, 'planted.json');
    const experiment = { plugins: [plugin], dataset: 'levels', architecture: 'planted', engine: 'cpu', training: { epochs: 1, learningRate: 0 } }; // prettier-ignore
    await writeFile(file, JSON.stringify(experiment));
    const ran = await runCli(folder, '--json', '--quiet', 'run', file);
    const { path } = JSON.parse(ran.stdout) as { path: string };
    const inspect = createUnitInspector(await compose({ runs: join(folder, 'runs'), plugins: [plugin] }));
    const dead = await inspect(path, 'relu', 0, never);
    expect(dead).toEqual({
      filter: { width: 1, height: 1, rgb: Buffer.from([128, 128, 128]).toString('base64') },
      strongest: [],
      note: expect.stringContaining('none of the 200 images'),
    });
    // Fires on the image of level 3 alone, by 1; its weight is 1.
    const nearlyDead = await inspect(path, 'relu', 3, never);
    expect(nearlyDead).toMatchObject({
      filter: { rgb: Buffer.from([255, 255, 255]).toString('base64') },
      strongest: [{ image: 199, label: 1, output: 1, picture: { width: 2, height: 2, rgb: Buffer.alloc(12, 255).toString('base64') } }],
      note: null,
    }); // prettier-ignore
  });
});
