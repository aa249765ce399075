import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkpointAt } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { latestCheckpoint, removeLaterCheckpoints, saveCheckpoint } from './checkpoint-folder.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

const unexpected = (message: string) => {
  throw new Error(message);
};

it('keeps the newest two, and gives the newest back bit for bit', async () => {
  const folder = join(temporaryFolder(), 'checkpoints');
  expect(await latestCheckpoint(folder, unexpected)).toBeUndefined();
  for (const seq of [5, 10, 15]) {
    expect(await saveCheckpoint(folder, checkpointAt(seq))).toBe(`step-${String(seq).padStart(8, '0')}.safetensors`);
  }
  expect((await readdir(folder)).sort()).toEqual(['step-00000010.safetensors', 'step-00000015.safetensors']);
  expect(await latestCheckpoint(folder, unexpected)).toStrictEqual(checkpointAt(15));
});

it('gives any bits and names back', async () => {
  const folder = temporaryFolder();
  const data = fc
    .uint8Array({ minLength: 8, maxLength: 8 })
    .map((bytes) => new Float64Array(new Uint8Array(bytes).buffer));
  const arrays = fc.dictionary(fc.string({ unit: 'grapheme' }), data, { maxKeys: 3, noNullPrototype: true });
  const bits = (record: Readonly<Record<string, { data: { buffer: ArrayBufferLike } }>>) =>
    Object.entries(record).map(([name, array]) => [name, Buffer.from(array.data.buffer).toString('hex')]);
  await fc.assert(
    fc.asyncProperty(arrays, arrays, fc.nat(), async (state, loop, step) => {
      const shaped = (record: typeof state) =>
        Object.fromEntries(Object.entries(record).map(([name, values]) => [name, { shape: [1], data: values }]));
      const checkpoint = {
        ...checkpointAt(1),
        state: shaped(state),
        loop: shaped(loop),
        step: 7,
        seq: step,
        epoch: step,
      };
      await saveCheckpoint(folder, checkpoint);
      const latest = await latestCheckpoint(folder, unexpected);
      expect(bits(latest!.state)).toEqual(bits(checkpoint.state));
      expect(bits(latest!.loop)).toEqual(bits(checkpoint.loop));
      expect(latest).toMatchObject({ step: 7, seq: step, epoch: step });
    }),
    { numRuns: 30 },
  );
});

it('takes the older one where the newest is damaged and says so, and reports where both are', async () => {
  const folder = temporaryFolder();
  await saveCheckpoint(folder, checkpointAt(5));
  await saveCheckpoint(folder, checkpointAt(10));
  const newest = join(folder, 'step-00000010.safetensors');
  const whole = await readFile(newest);
  const foreign = decodeSafetensors(whole);
  for (const damaged of [
    whole.subarray(0, whole.length - 1),
    new Uint8Array(),
    Buffer.concat(encodeSafetensors({ ...foreign, metadata: { ...foreign.metadata, seq: '-1' } })),
  ]) {
    await writeFile(newest, damaged);
    const warnings: string[] = [];
    expect(await latestCheckpoint(folder, (message) => warnings.push(message))).toStrictEqual(checkpointAt(5));
    expect(warnings).toEqual([expect.stringMatching(/step-00000010.*older step-00000005/s)]);
  }
  await writeFile(join(folder, 'step-00000005.safetensors'), 'x');
  await expect(latestCheckpoint(folder, unexpected)).rejects.toMatchObject({
    code: 'RUN_CORRUPT',
    message: expect.stringMatching(/step-00000010.*step-00000005/s),
  });
});

it('removes those after a checkpoint, also one of the same step', async () => {
  const folder = temporaryFolder();
  await saveCheckpoint(folder, checkpointAt(5));
  await saveCheckpoint(folder, checkpointAt(10));
  await removeLaterCheckpoints(folder, checkpointAt(10));
  expect(await readdir(folder)).toHaveLength(2);
  await removeLaterCheckpoints(folder, { ...checkpointAt(10), seq: 9 });
  expect(await readdir(folder)).toEqual(['step-00000005.safetensors']);
  await removeLaterCheckpoints(folder, checkpointAt(1));
  expect(await readdir(folder)).toEqual([]);
});

it('leaves nothing half-written where a checkpoint cannot be put in place', async () => {
  const folder = temporaryFolder();
  await mkdir(join(folder, 'step-00000005.safetensors', 'in-the-way'), { recursive: true });
  await expect(saveCheckpoint(folder, checkpointAt(5))).rejects.toMatchObject({
    code: 'STORE_FAILED',
    message: expect.stringContaining(folder),
  });
  expect(await readdir(folder)).toEqual(['step-00000005.safetensors']);
});
