import { expect, it, vi } from 'vitest';
import { createWorkGuard, endWork, guarded } from './work-guard.js';

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
