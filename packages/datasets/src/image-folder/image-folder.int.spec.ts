import { mkdir, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { imageFolder, imageFolderOptions } from './image-folder.js';

const everything = { batchSize: 1000, seed: 1, epoch: 0, shuffle: false };
const BYTES = { normalization: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] } };
const load = (path: string, options: object = {}): ReturnType<typeof imageFolder.load> =>
  imageFolder.load(imageFolderOptions.parse({ path, ...options }), { seed: 1 });

async function writePlain(
  path: string,
  colour: { r: number; g: number; b: number },
  width = 8,
  height = 8,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await sharp({ create: { width, height, channels: 3, background: colour } }).toFile(path);
}

/** Two classes of plain images: `a` with red 0, 10, …, `b` with red 100, 110, …; as PNG. */
async function writeClasses(folder: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await writePlain(join(folder, 'a', `${i}.png`), { r: 10 * i, g: 1, b: 2 });
    await writePlain(join(folder, 'b', `${i}.png`), { r: 100 + 10 * i, g: 3, b: 4 });
  }
}

async function bytesOf(
  data: Awaited<ReturnType<typeof load>>,
  split: 'train' | 'test',
): Promise<{ x: number[]; y: number[] }> {
  const [{ x, y }] = await collect(data[split].batches(everything));
  return { x: [...x].map(Math.round), y: [...y] };
}

describe('imageFolder', () => {
  it('reads train and test folders, in the order of classes and names', async () => {
    const root = await temporaryFolder();
    await writeClasses(join(root, 'train'), 3);
    await writeClasses(join(root, 'test'), 1);
    await writeFile(join(root, 'train', 'a', 'notes.txt'), 'no image');
    await writeFile(join(root, 'train', 'a', '.hidden.png'), 'no image');
    const data = await load(root, { size: [1, 1], ...BYTES });
    expect(data).toMatchObject({ inputShape: [1, 1, 3], classes: 2, classNames: ['a', 'b'], source: root });
    expect(await bytesOf(data, 'train')).toEqual({
      x: [0, 1, 2, 10, 1, 2, 20, 1, 2, 100, 3, 4, 110, 3, 4, 120, 3, 4],
      y: [0, 0, 0, 1, 1, 1],
    });
    expect(await bytesOf(data, 'test')).toEqual({ x: [0, 1, 2, 100, 3, 4], y: [0, 1] });
  });

  it('holds a share of every class out, disjoint, the same for every seed', async () => {
    const root = await temporaryFolder();
    await writeClasses(root, 10);
    const options = imageFolderOptions.parse({ path: root, size: [1, 1], testFraction: 0.3, ...BYTES });
    const data = await imageFolder.load(options, { seed: 1 });
    const train = await bytesOf(data, 'train');
    const test = await bytesOf(data, 'test');
    expect(test.y).toEqual([0, 0, 0, 1, 1, 1]);
    const reds = [...train.x, ...test.x].filter((_, i) => i % 3 === 0);
    expect(reds.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => 10 * i));
    expect((await imageFolder.load(options, { seed: 2 })).digest).toBe(data.digest);
  });

  it('crops the middle out or stretches, in grey where asked', async () => {
    const root = await temporaryFolder();
    const sides = await sharp({ create: { width: 12, height: 4, channels: 3, background: '#ffffff' } })
      .composite([{ input: { create: { width: 4, height: 4, channels: 3, background: '#000000' } }, left: 4, top: 0 }])
      .png()
      .toBuffer();
    for (const name of ['a', 'b']) {
      await mkdir(join(root, name));
      for (const file of ['1.png', '2.png']) await writeFile(join(root, name, file), sides);
    }
    const grey = { size: [4, 4], colour: 'grey', testFraction: 0.5, normalization: { mean: [0], std: [1 / 255] } };
    const cover = await load(root, grey);
    expect(cover.inputShape).toEqual([4, 4, 1]);
    expect(Math.max(...(await bytesOf(cover, 'train')).x)).toBeLessThan(64);
    expect((await bytesOf(await load(root, { ...grey, fit: 'fill' }), 'train')).x[0]).toBeGreaterThan(192);
  });

  it('reads JPEG, and puts transparent images on black', async () => {
    const root = await temporaryFolder();
    await writePlain(join(root, 'a', '1.jpg'), { r: 200, g: 100, b: 50 });
    await writePlain(join(root, 'a', '2.jpg'), { r: 200, g: 100, b: 50 });
    await rename(join(root, 'a', '2.jpg'), join(root, 'a', '2.JPEG'));
    await mkdir(join(root, 'b'));
    const clear = sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } },
    });
    for (const name of ['1.png', '2.png']) await clear.clone().toFile(join(root, 'b', name));
    const data = await load(root, { size: [2, 2], testFraction: 0.5, ...BYTES });
    const { x } = await bytesOf(data, 'test');
    [200, 100, 50].forEach((value, channel) => expect(Math.abs(x[channel] - value)).toBeLessThanOrEqual(3));
    expect(x.slice(12)).toEqual(new Array(12).fill(0));
  });

  it('turns images upright by their EXIF orientation', async () => {
    const root = await temporaryFolder();
    // Left half black, right half white; orientation 6 asks for a quarter turn clockwise: black comes to the top.
    const turned = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#ffffff' } })
      .composite([{ input: { create: { width: 8, height: 16, channels: 3, background: '#000000' } }, left: 0, top: 0 }])
      .jpeg({ quality: 100 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    for (const name of ['a', 'b']) {
      await mkdir(join(root, name));
      for (const file of ['1.jpg', '2.jpg']) await writeFile(join(root, name, file), turned);
    }
    const options = { size: [16, 16], colour: 'grey', testFraction: 0.5, normalization: { mean: [0], std: [1 / 255] } };
    const { x } = await bytesOf(await load(root, options), 'test');
    expect(x[15]).toBeLessThan(20);
    expect(x[15 * 16]).toBeGreaterThan(235);
  });

  it.each<[string, (file: string) => Promise<void>, RegExp]>([
    ['is cut off', (file) => truncate(file, 60), /can't be decoded/],
    ['is damaged', async (file) => writeFile(file, (await readFile(file)).fill(7, 45, 60)), /can't be decoded/],
    ['is empty', (file) => writeFile(file, ''), /neither PNG nor JPEG/],
    [
      'is another format',
      (file) => writeFile(file, '<svg xmlns="http://www.w3.org/2000/svg"/>'),
      /neither PNG nor JPEG/,
    ],
  ])('names an image that %s', async (_, damage, reason) => {
    const root = await temporaryFolder();
    await writeClasses(root, 5);
    const file = join(root, 'b', '3.png');
    await damage(file);
    const error: unknown = await load(root).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'DATASET_CORRUPT', message: expect.stringMatching(reason) });
    expect((error as Error).message).toContain(file);
  });

  it('follows links inside the folder, and refuses those that lead out of it or nowhere', async () => {
    const base = await temporaryFolder();
    const root = join(base, 'root');
    await writeClasses(root, 2);
    await symlink(join('..', 'a', '1.png'), join(root, 'b', 'inside.png'));
    const data = await load(root);
    expect(data.train.size + data.test.size).toBe(5);

    await writePlain(join(base, 'secret', 'x.png'), { r: 1, g: 1, b: 1 });
    const link = join(root, 'c');
    await symlink(join(base, 'secret'), link);
    const refusal = (what: string): object => ({ code: 'DATASET_CORRUPT', message: expect.stringContaining(what) });
    await expect(load(root)).rejects.toMatchObject(refusal(`${link}: the link leads out of ${root}`));
    await rename(join(base, 'secret'), join(base, 'gone'));
    await expect(load(root)).rejects.toMatchObject(refusal(`${link}: the link leads nowhere`));
  });

  it('tells what is missing', async () => {
    const root = await temporaryFolder();
    const notFound = (message: string): object => ({
      code: 'DATASET_NOT_FOUND',
      message: expect.stringContaining(message),
    });
    await expect(load(join(root, 'absent'))).rejects.toMatchObject(
      notFound(`${join(root, 'absent')}, which is no folder`),
    );
    await expect(load(root)).rejects.toMatchObject(notFound('two at least, but holds 0'));
    await writeClasses(root, 2);
    await mkdir(join(root, 'c'));
    await expect(load(root)).rejects.toMatchObject(notFound(`${join(root, 'c')} holds no PNG or JPEG image`));
  });

  it('refuses classes of test that are not those of train, and a share that leaves nothing', async () => {
    const root = await temporaryFolder();
    await writeClasses(join(root, 'train'), 1);
    await writeClasses(join(root, 'test'), 1);
    await rename(join(root, 'test', 'b'), join(root, 'test', 'z'));
    const differ = {
      code: 'DATASET_CORRUPT',
      message: expect.stringContaining('train holds the classes a, b, but test a, z'),
    };
    await expect(load(root)).rejects.toMatchObject(differ);
    await expect(load(join(root, 'train'), { testFraction: 0.1 })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'dataset.testFraction: 0.1 of 2 images leaves no image to train or to test on.',
    });
  });

  it('reports progress, and stops where the signal fires', async () => {
    const root = await temporaryFolder();
    await writeClasses(root, 5);
    const options = imageFolderOptions.parse({ path: root });
    const controller = new AbortController();
    const done: number[] = [];
    await imageFolder.load(options, { seed: 1, onProgress: (progress) => done.push(progress.done) });
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1, 2]);
    const stopped = imageFolder.load(options, {
      seed: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
