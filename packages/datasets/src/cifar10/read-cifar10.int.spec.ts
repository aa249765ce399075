import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cifar10Records, realCifar10 } from '../testing/cifar10-samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { CLASS_NAMES, readCifar10, RECORD_BYTES } from './read-cifar10.js';

describe('readCifar10', () => {
  it('joins the files in order and interleaves the colour planes', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'one'), cifar10Records(0, 2));
    await writeFile(join(folder, 'two'), cifar10Records(7, 1));
    const { shape, pixels, labels } = await readCifar10(folder, ['one', 'two']);
    expect(shape).toEqual([32, 32, 3]);
    expect([...labels]).toEqual([0, 1, 0]);
    for (const [image, y, x, channel] of [
      [0, 0, 0, 0],
      [0, 0, 1, 2],
      [1, 31, 31, 1],
      [2, 5, 17, 2],
    ]) {
      const first = [0, 1, 7][image];
      expect(pixels[((image * 32 + y) * 32 + x) * 3 + channel]).toBe((first + channel * 1024 + y * 32 + x) % 256);
    }
  });

  it('names file and offset where a record is cut off', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'cut');
    await writeFile(path, cifar10Records(0, 3).subarray(0, -100));
    await expect(readCifar10(folder, ['cut'])).rejects.toMatchObject({
      code: 'DATASET_CORRUPT',
      message: `${path}, byte 6146: record 2 ends after 2973 of 3073 bytes (the file has 9119). Replace the file with a sound copy.`,
    });
  });

  it('names file and offset of a label that is no class', async () => {
    const folder = await temporaryFolder();
    const records = cifar10Records(0, 3);
    records[2 * RECORD_BYTES] = 10;
    await writeFile(join(folder, 'wrong'), records);
    await expect(readCifar10(folder, ['wrong'])).rejects.toMatchObject({
      code: 'DATASET_CORRUPT',
      message: expect.stringContaining(`${join(folder, 'wrong')}, byte 6146: label 10 is none of`),
    });
  });

  it('refuses an empty file, a missing one and a folder', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'empty'), '');
    await mkdir(join(folder, 'folder'));
    await expect(readCifar10(folder, ['empty'])).rejects.toMatchObject({ code: 'DATASET_CORRUPT' });
    for (const name of ['missing', 'folder']) {
      const notFound = { code: 'DATASET_NOT_FOUND', message: expect.stringContaining(join(folder, name)) };
      await expect(readCifar10(folder, [name])).rejects.toMatchObject(notFound);
    }
  });

  it.skipIf(!realCifar10)(
    'reads the genuine records: the published first labels, and the frog at the start',
    async () => {
      const train = await readCifar10(realCifar10!, ['data_batch_1.bin']);
      const names = [...train.labels.subarray(0, 10)].map((label) => CLASS_NAMES[label]);
      expect(names).toEqual([
        'frog',
        'truck',
        'truck',
        'deer',
        'automobile',
        'automobile',
        'bird',
        'horse',
        'ship',
        'cat',
      ]);
      expect([...train.pixels.subarray(0, 9)]).toEqual([59, 62, 63, 43, 46, 45, 50, 48, 43]);
      const test = await readCifar10(realCifar10!, ['test_batch.bin']);
      expect([...test.labels.subarray(0, 10)]).toEqual([3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
    },
  );
});
