import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { createWorkGuard, endWork, guarded, pauseWork } from './work-guard.js';

it('work is done, one after the other, until the process ends', async () => {
  const guard = createWorkGuard();
  expect(await guarded(guard, async () => 1)).toBe(1);
  await expect(guarded(guard, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  endWork(guard);
  const work = vi.fn();
  void guarded(guard, work);
  await new Promise((resolve) => setImmediate(resolve));
  expect(work).not.toHaveBeenCalled();
});

describe('long work', () => {
  it('goes on after a pause while nobody waits for its end', async () => {
    const guard = createWorkGuard();
    const work = guarded(guard, async () => {
      await pauseWork(guard);
      return 'done';
    });
    expect(await work).toBe('done');
  });

  it('lets who waits for its end go on at its next pause, and itself goes no further', async () => {
    const guard = createWorkGuard();
    const further = vi.fn();
    void guarded(guard, async () => {
      for (;;) {
        await pauseWork(guard);
        further();
        await setTimeout(1);
      }
    });
    const url = (path: string) => new URL(path, import.meta.url).href;
    const script =
      `const { workerData: guard } = require('node:worker_threads');` +
      `import('@reluctant/core/testing/typescript')` +
      `.then(() => import('${url('work-guard.ts')}')).then(({ endWork }) => endWork(guard));`;
    const waiting = new Worker(script, { eval: true, workerData: guard });
    expect(await new Promise((resolve) => waiting.on('exit', resolve))).toBe(0);
    const steps = further.mock.calls.length;
    expect(steps).toBeGreaterThan(0);
    await setTimeout(20);
    expect(further).toHaveBeenCalledTimes(steps);
  });
});
