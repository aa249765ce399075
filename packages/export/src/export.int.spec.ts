import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReader, RunSummary, TrainingEvent } from '@reluctant/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportTables } from './tables/export-tables.js';
import { exportTensorBoard } from './tensorboard/export-tensorboard.js';

const manifest = { seed: 1, config: { initializer: { kind: 'he-normal' } } };
const step: TrainingEvent = { type: 'step.completed', seq: 1, time: '2026-01-31T09:30:00Z', step: 1, epoch: 1, loss: NaN, correct: 1, size: 2, learningRate: 0.5, seconds: 3 }; // prettier-ignore

function readerOf(id: string, events: readonly TrainingEvent[] = [step], failure?: Error): RunReader {
  const summary = { id, name: `"${id}", 😀`, createdAt: '2026-01-31T09:30:00Z', status: 'running', manifest } as unknown as RunSummary; // prettier-ignore
  async function* all() {
    yield* events;
    if (failure) throw failure;
  }
  return { summary, events: all } as unknown as RunReader;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reluctant-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('exportTables', () => {
  it('puts all runs into one file a table', async () => {
    const folder = await temporaryFolder();
    const progress: number[] = [];
    const files = await exportTables([readerOf('a'), readerOf('b')], {
      folder: join(folder, 'new', 'tables'),
      format: 'csv',
      onProgress: (done) => progress.push(done),
    });
    expect(files.find(({ path }) => path.endsWith('steps.csv'))!.rows).toBe(2);
    expect(await readFile(join(folder, 'new', 'tables', 'steps.csv'), 'utf8')).toBe(
      'run,step,epoch,time,loss,accuracy,images,learning_rate,seconds\r\n' +
        'a,1,1,2026-01-31T09:30:00.000Z,NaN,0.5,2,0.5,3\r\nb,1,1,2026-01-31T09:30:00.000Z,NaN,0.5,2,0.5,3\r\n',
    );
    expect(await readFile(join(folder, 'new', 'tables', 'runs.csv'), 'utf8')).toContain('a,"""a"", 😀",2026-');
    expect(progress).toEqual([1, 2]);
  });

  it('leaves what was there where a reader fails or it is aborted', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'steps.csv'), 'mine');
    const options = { folder, format: 'csv', force: true } as const;
    const failure = new Error('damaged');
    await expect(exportTables([readerOf('a', [step], failure)], options)).rejects.toBe(failure);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(exportTables([readerOf('a')], { ...options, signal })).rejects.toThrow('stopped');
    await expect(exportTables([readerOf('a')], { ...options, force: false })).rejects.toMatchObject({ code: 'USAGE' });
    expect(await readdir(folder)).toEqual(['steps.csv']);
    expect(await readFile(join(folder, 'steps.csv'), 'utf8')).toBe('mine');
  });

  it('refuses no run, a run twice, and a folder that is none', async () => {
    const folder = await temporaryFolder();
    const options = { folder: join(folder, 'x'), format: 'parquet' } as const;
    await expect(exportTables([], options)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(exportTables([readerOf('a'), readerOf('a')], options)).rejects.toMatchObject({ code: 'USAGE' });
    await writeFile(join(folder, 'x'), '');
    await expect(exportTables([readerOf('a')], options)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});

describe('exportTensorBoard', () => {
  it('never leaves its folder', async () => {
    const folder = await temporaryFolder();
    const outside = exportTensorBoard([readerOf('../../outside')], { folder: join(folder, 'board') });
    await expect(outside).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await readdir(folder)).toEqual([]);
  });
});
