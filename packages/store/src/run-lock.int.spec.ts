import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkpointAt, description, step } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { createRunStore } from './file-run-store.js';
import { acquireRunLock } from './run-lock.js';

const held = (owner: string) =>
  expect.objectContaining({ code: 'STORE_FAILED', message: expect.stringContaining(owner) });

async function processThatEnded(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

it('keeps a second writer out until the first has closed', async () => {
  const store = createRunStore({ root: temporaryFolder() });
  const { writer } = await store.create(description);
  writer.consume(step(1));
  await writer.saveCheckpoint(checkpointAt(1));
  await expect(store.resume(writer.id, checkpointAt(1))).rejects.toEqual(held(`process ${process.pid}`));
  await writer.close();
  await (await store.resume(writer.id, checkpointAt(1))).close();
  expect(existsSync(join(writer.path, 'lock'))).toBe(false);
});

it('is respected while its owner lives, and taken over when it has ended', async () => {
  const path = join(temporaryFolder(), 'lock');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  await writeFile(path, JSON.stringify({ pid: child.pid, host: hostname(), token: 'a' }));
  expect(() => acquireRunLock(path)).toThrow(held(`process ${child.pid}`));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = acquireRunLock(path);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
  expect(existsSync(path)).toBe(false);
});

it.runIf(process.platform === 'linux')('is taken over where another process got the number of its owner', async () => {
  const path = join(temporaryFolder(), 'lock');
  await writeFile(path, JSON.stringify({ pid: process.pid, host: hostname(), started: '1', token: 'a' }));
  acquireRunLock(path).release();
});

it('is left alone where nobody can tell whether its owner lives', async () => {
  const path = join(temporaryFolder(), 'lock');
  for (const [content, owner] of [
    [JSON.stringify({ pid: await processThatEnded(), host: 'elsewhere', token: 'a' }), 'on elsewhere'],
    ['', 'an unknown process'],
    ['{"pid":"1"}', 'an unknown process'],
  ]) {
    await writeFile(path, content);
    expect(() => acquireRunLock(path)).toThrow(held(owner));
    expect(() => acquireRunLock(path)).toThrow(held(`delete ${path}`));
    expect(await readFile(path, 'utf8')).toBe(content);
  }
});

it('is not released by a writer that has lost it', async () => {
  const path = join(temporaryFolder(), 'lock');
  const lock = acquireRunLock(path);
  await writeFile(path, 'of another');
  lock.release();
  expect(await readFile(path, 'utf8')).toBe('of another');
});
