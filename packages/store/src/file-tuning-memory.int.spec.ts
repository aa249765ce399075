import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TuningMemory } from '@reluctant/core';
import { expectReluctantError } from '@reluctant/core/testing';
import { Container } from 'inversify';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createTuningMemory } from './file-tuning-memory.js';
import { tuningMemoryModule } from './tuning-memory-module.js';

const key = { device: 'a fast one; 2 threads', subject: '../../etc/passwd' };

/** Paths of all files below a folder. */
async function files(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe('what is remembered', () => {
  it('is found again by every process, under its device and subject only', async () => {
    const root = join(temporaryFolder(), 'made', 'on demand');
    const memory = createTuningMemory(root);
    expect(await memory.recall(key)).toBeUndefined();
    expect(await memory.list(key.device)).toEqual([]);
    await memory.remember(key, 'first');
    await memory.remember({ ...key, subject: 'other' }, 'second');
    await memory.remember({ ...key, device: 'slow' }, 'third');

    const later = createTuningMemory(root);
    expect(await later.recall(key)).toBe('first');
    expect(await later.recall({ ...key, device: 'unknown' })).toBeUndefined();
    expect((await later.list(key.device)).toSorted()).toEqual(['first', 'second']);
    await later.remember(key, 'better');
    expect(await memory.recall(key)).toBe('better');
  });

  it('lies in whole files inside the root, whatever the key', async () => {
    const root = temporaryFolder();
    const memory = createTuningMemory(root);
    await Promise.all(Array.from({ length: 10 }, (_, i) => memory.remember(key, `value ${i}`)));
    const [path, ...others] = await files(root);
    expect(others).toEqual([]);
    expect(path).toMatch(/[0-9a-f]{32}[/\\][0-9a-f]{32}\.json$/);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ formatVersion: 1, ...key });
  });

  it.each([
    ['cut off', (content: string) => content.slice(0, 40)],
    ['of another version', (content: string) => content.replace('"formatVersion":1', '"formatVersion":2')],
    ['of another device', (content: string) => content.replace('a fast one', 'a slow one')],
    ['not JSON', () => '\0\0\0'],
    ['something else', () => '[]'],
  ])('counts as missing where its file is %s, and is written anew', async (_, damage) => {
    const root = temporaryFolder();
    const memory = createTuningMemory(root);
    await memory.remember(key, 'value');
    const [path] = await files(root);
    await writeFile(path, damage(await readFile(path, 'utf8')));
    expect(await memory.recall(key)).toBeUndefined();
    expect(await memory.list(key.device)).toEqual([]);
    await memory.remember(key, 'again');
    expect(await memory.recall(key)).toBe('again');
  });

  it('is not taken from a file that was moved to the place of another', async () => {
    const root = temporaryFolder();
    const memory = createTuningMemory(root);
    await memory.remember(key, 'mine');
    const [place] = await files(root);
    await memory.remember({ ...key, subject: 'other' }, 'yours');
    const other = (await files(root)).find((path) => path !== place)!;
    await rename(other, place);
    expect(await memory.recall(key)).toBeUndefined();
  });
});

it('says what to do where nothing can be written, and leaves nothing half-done', async () => {
  const root = temporaryFolder();
  await createTuningMemory(root).remember(key, 'value');
  const [path] = await files(root);
  await rm(path);
  // A folder in the place of the file lets everything but the last step of writing succeed.
  await mkdir(path);
  const error = await expectReluctantError(createTuningMemory(root).remember(key, 'value'), 'STORE_FAILED');
  expect(error.message).toMatch(/can't be remembered in .*RELUCTANT_CACHE/);
  expect(await files(root)).toEqual([]);
});

it('is bound by its module', async () => {
  const container = new Container();
  const root = temporaryFolder();
  container.load(tuningMemoryModule(root));
  await container.get(TuningMemory).remember(key, 'bound');
  expect(await createTuningMemory(root).recall(key)).toBe('bound');
});
