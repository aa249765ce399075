import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.js';
import { realCifar10, writeCifar10 } from '../testing/cifar10-samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { cifar10, cifar10Options, createCifar10 } from './cifar10.js';

const context = { seed: 1 };
const offline = (env: Record<string, string>, home: string): ReturnType<typeof createCifar10> =>
  createCifar10(undefined, () => ({ env, home, cwd: home }));

describe('cifar10', () => {
  it('looks in the option, then in the variable, then in the cache', async () => {
    const home = await temporaryFolder();
    const folders = ['option', 'variable', join('.cache', 'reluctant', 'cifar10')].map((name) => join(home, name));
    for (const [i, folder] of folders.entries()) {
      await mkdir(folder, { recursive: true });
      await writeCifar10(folder, i + 1);
    }
    const sizeWith = async (env: Record<string, string>, options: object): Promise<number> =>
      (await offline(env, home).load(cifar10Options.parse({ download: false, ...options }), context)).test.size;
    expect(await sizeWith({ RELUCTANT_CIFAR10: folders[1] }, { path: 'option' })).toBe(1);
    expect(await sizeWith({ RELUCTANT_CIFAR10: folders[1] }, {})).toBe(2);
    expect(await sizeWith({}, {})).toBe(3);
    expect(await offline({}, home).locate()).toBe(folders[2]);
    expect(await offline({ RELUCTANT_CIFAR10: folders[1] }, home).locate()).toBe(folders[1]);
  });

  it('finds the folder of the unpacked archive inside the given one', async () => {
    const home = await temporaryFolder();
    const inside = join(home, 'cifar-10-batches-bin');
    await mkdir(inside);
    await writeCifar10(inside, 1);
    const data = await offline({}, home).load(cifar10Options.parse({ path: home }), context);
    expect(data).toMatchObject({ source: inside, inputShape: [32, 32, 3], classes: 10 });
    expect(data.classNames?.[3]).toBe('cat');
  });

  it('tells what was looked for', async () => {
    const home = await temporaryFolder();
    const load = (options: object, env = {}): Promise<unknown> =>
      offline(env, home).load(cifar10Options.parse({ download: false, ...options }), context);
    const notFound = (part: string): object => ({
      code: 'DATASET_NOT_FOUND',
      message: expect.stringContaining(part),
    });
    await expect(load({})).rejects.toMatchObject(notFound(join(home, '.cache', 'reluctant', 'cifar10')));
    await expect(load({ path: 'absent' })).rejects.toMatchObject(
      notFound(`${join(home, 'absent')}, which is no folder`),
    );
    await writeCifar10(home, 1);
    await rm(join(home, 'data_batch_4.bin'));
    await expect(load({}, { RELUCTANT_CIFAR10: home })).rejects.toMatchObject(notFound('data_batch_4.bin is missing'));
    expect(await offline({ RELUCTANT_CIFAR10: home }, home).locate()).toBeUndefined();
    expect(await offline({}, home).locate()).toBeUndefined();
  });

  it('does not fill a cache folder that lacks files: it tells which', async () => {
    const home = await temporaryFolder();
    const cached = join(home, '.cache', 'reluctant', 'cifar10');
    await mkdir(cached, { recursive: true });
    await writeFile(join(cached, 'test_batch.bin'), '');
    await expect(offline({}, home).load(cifar10Options.parse({}), context)).rejects.toMatchObject({
      code: 'DATASET_NOT_FOUND',
      message: expect.stringContaining('data_batch_1.bin, data_batch_2.bin'),
    });
  });

  it('stops where the signal has fired', async () => {
    const home = await temporaryFolder();
    await writeCifar10(home, 1);
    const interrupted = { seed: 1, signal: AbortSignal.abort() };
    await expect(offline({}, home).load(cifar10Options.parse({ path: home }), interrupted)).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });

  it.skipIf(!realCifar10)('reads genuine images, with channel statistics near the published ones', async () => {
    const data = await cifar10.load(cifar10Options.parse({ path: realCifar10, trainSize: 2000 }), context);
    // Of all 50,000 training images: mean .4914 .4822 .4465, std .2470 .2435 .2616.
    [0.4914, 0.4822, 0.4465].forEach((mean, c) =>
      expect(Math.abs(data.normalization.mean[c] - mean)).toBeLessThan(0.01),
    );
    [0.247, 0.2435, 0.2616].forEach((std, c) => expect(Math.abs(data.normalization.std[c] - std)).toBeLessThan(0.01));
    const batches = await collect(data.train.batches({ batchSize: 64, seed: 1, epoch: 0, shuffle: true }));
    expect(batches).toHaveLength(32);
    expect(batches[31].size).toBe(2000 - 31 * 64);
    expect(new Set(batches.flatMap(({ y }) => [...y])).size).toBe(10);
  });
});
