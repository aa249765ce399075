import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCifar10 } from '../testing/cifar10-samples.js';
import { writeIdx } from '../testing/idx-samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { autoOptions, createAuto } from './auto.js';

const load = (dataset: ReturnType<typeof createAuto>, options: object = {}): ReturnType<typeof dataset.load> =>
  dataset.load(autoOptions.parse(options), { seed: 1 });

describe('auto', () => {
  it('takes cifar10 where it is present', async () => {
    const home = await temporaryFolder();
    const folder = join(home, 'cifar');
    await mkdir(folder);
    await writeCifar10(folder, 2);
    const dataset = createAuto(() => ({
      env: { RELUCTANT_CIFAR10: folder, RELUCTANT_IDX: 'unused' },
      home,
      cwd: home,
    }));
    expect((await load(dataset)).source).toBe(`cifar10: ${folder}`);
    expect(await dataset.locate()).toBe(folder);
  });

  it('else takes idx, with the options', async () => {
    const home = await temporaryFolder();
    const folder = join(home, 'idx');
    await mkdir(folder);
    await writeIdx(folder);
    const dataset = createAuto(() => ({ env: { RELUCTANT_IDX: 'idx' }, home, cwd: home }));
    const data = await load(dataset, { trainSize: 10 });
    expect(data).toMatchObject({ source: `idx: ${folder}`, train: { size: 10 } });
    expect(await dataset.locate()).toBe(folder);
  });

  it.each(['RELUCTANT_CIFAR10', 'RELUCTANT_IDX'])('tells of a %s that leads nowhere', async (variable) => {
    const home = await temporaryFolder();
    const dataset = createAuto(() => ({ env: { [variable]: join(home, 'absent') }, home, cwd: home }));
    const notFound = { code: 'DATASET_NOT_FOUND', message: expect.stringContaining(join(home, 'absent')) };
    await expect(load(dataset)).rejects.toMatchObject(notFound);
  });
});
