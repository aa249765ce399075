import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.js';
import { idxFile, writeIdx } from '../testing/idx-samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createIdx, idx, idxOptions } from './idx.js';

const FASHION_MNIST = '/usr/share/datasets/fashion-mnist';
const everything = { batchSize: 100_000, seed: 1, epoch: 0, shuffle: false };
const BYTES = { normalization: { mean: [0], std: [1 / 255] } };
const load = (path: string, options: object = {}): ReturnType<typeof idx.load> =>
  idx.load(idxOptions.parse({ path, ...options }), { seed: 1 });

async function sample(): Promise<string> {
  const folder = await temporaryFolder();
  await writeIdx(folder);
  return folder;
}

describe('idx', () => {
  it('reads plain and gzipped files', async () => {
    const folder = await sample();
    const data = await load(folder, { padTo: 0, ...BYTES });
    expect(data).toMatchObject({ inputShape: [2, 3, 1], classes: 10, source: folder });
    const [train] = await collect(data.train.batches(everything));
    const [test] = await collect(data.test.batches(everything));
    expect([...train.y]).toEqual(Array.from({ length: 20 }, (_, i) => i % 10));
    expect([...test.x.subarray(6, 12)].map(Math.round)).toEqual([10, 11, 12, 13, 14, 15]);
    expect(train.x.length).toBe(20 * 6);
  });

  it('puts every image in the middle of a black square', async () => {
    const data = await load(await sample(), { padTo: 5, ...BYTES });
    const [{ x }] = await collect(data.test.batches({ ...everything, batchSize: 1, skip: 1 }));
    // prettier-ignore
    expect([...x].map(Math.round)).toEqual([
      0, 0, 0, 0, 0,
      0, 10, 11, 12, 0,
      0, 13, 14, 15, 0,
      0, 0, 0, 0, 0,
      0, 0, 0, 0, 0,
    ]);
  });

  it('pads to 32 by default', async () => {
    expect((await load(await sample())).inputShape).toEqual([32, 32, 1]);
  });

  it('finds the usual folders and other spellings by itself', async () => {
    const home = await temporaryFolder();
    const raw = join(home, 'data', 'MNIST', 'raw');
    const cached = join(home, '.cache', 'reluctant', 'mnist');
    const here = createIdx(() => ({ env: {}, home, cwd: home }));
    await mkdir(raw, { recursive: true });
    await writeIdx(raw);
    await mkdir(cached, { recursive: true });
    await cp(raw, cached, { recursive: true });
    await rename(join(cached, 't10k-images-idx3-ubyte'), join(cached, 't10k-images.idx3-ubyte'));
    expect(await here.locate()).toBe(cached);
    const elsewhere = createIdx(() => ({ env: { RELUCTANT_IDX: 'data/MNIST/raw' }, home, cwd: home }));
    expect(await elsewhere.locate()).toBe(raw);
  });

  it('tells what was looked for', async () => {
    const folder = await sample();
    await rm(join(folder, 't10k-labels-idx1-ubyte'));
    await expect(load(folder)).rejects.toMatchObject({
      code: 'DATASET_NOT_FOUND',
      message: `IDX files were looked for in ${folder}, where t10k-labels-idx1-ubyte[.gz] can't be found.`,
    });
  });

  it.each<[string, (folder: string) => Promise<void>, string]>([
    [
      'a gzipped file that is cut off',
      (folder) => truncate(join(folder, 'train-images-idx3-ubyte.gz'), 60),
      "train-images-idx3-ubyte.gz: gzip can't unpack it (unexpected end of file)",
    ],
    [
      'a plain file that is cut off',
      (folder) => truncate(join(folder, 't10k-images-idx3-ubyte'), 70),
      't10k-images-idx3-ubyte, byte 70: ',
    ],
    [
      'a label beyond the classes',
      (folder) => writeFile(join(folder, 't10k-labels-idx1-ubyte'), idxFile([10], [0, 1, 2, 3, 77, 5, 6, 7, 8, 9])),
      't10k-labels-idx1-ubyte, byte 12: label 77 is none of the 10 classes',
    ],
    [
      'more labels than images',
      (folder) => writeFile(join(folder, 't10k-labels-idx1-ubyte'), idxFile([11], new Array<number>(11).fill(0))),
      't10k-labels-idx1-ubyte, byte 4: 11 labels for the 10 images',
    ],
    [
      'test images of another shape',
      (folder) => writeFile(join(folder, 't10k-images-idx3-ubyte'), idxFile([10, 3, 3], new Array<number>(90).fill(0))),
      't10k-images-idx3-ubyte, byte 8: images of 3×3, but those of',
    ],
  ])('refuses %s', async (_, damage, message) => {
    const folder = await sample();
    await damage(folder);
    await expect(load(folder, { padTo: 0 })).rejects.toMatchObject({
      code: 'DATASET_CORRUPT',
      message: expect.stringContaining(join(folder, message)),
    });
  });

  it.each([
    [{ padTo: 2 }, 'dataset.padTo: the images are 2×3. Give 0 to leave them so, or at least 3.'],
    [{ classNames: ['a', 'b'] }, 'dataset.classNames: 2 names are given for 10 classes.'],
  ])('refuses the options %j', async (options, message) => {
    await expect(load(await sample(), options)).rejects.toMatchObject({ code: 'CONFIG_INVALID', message });
  });

  it.skipIf(!existsSync(FASHION_MNIST))(
    'reads Fashion-MNIST: published first labels, mean .2860, std .3530',
    async () => {
      const data = await load(FASHION_MNIST, { padTo: 0 });
      expect([data.train.size, data.test.size]).toEqual([60_000, 10_000]);
      expect(data.normalization.mean[0]).toBeCloseTo(0.286, 3);
      expect(data.normalization.std[0]).toBeCloseTo(0.353, 3);
      const labels = async (split: 'train' | 'test'): Promise<number[]> => {
        for await (const { y } of data[split].batches({ ...everything, batchSize: 10 })) return [...y];
        return [];
      };
      expect(await labels('train')).toEqual([9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
      expect(await labels('test')).toEqual([9, 2, 1, 1, 6, 1, 4, 6, 5, 7]);
    },
  );
});
