import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { watchEventLoop } from './event-loop-delay.js';

it('notices a thread that was busy', async () => {
  const end = watchEventLoop();
  await sleep(50);
  const start = performance.now();
  while (performance.now() - start < 100);
  await sleep(50);
  const { resolution, median, p99, maximum } = end()!;
  expect(maximum).toBeGreaterThan(90);
  expect(median).toBeLessThanOrEqual(p99);
  // The timer rests for the resolution, whatever the thread does.
  expect(median).toBeGreaterThan(resolution / 2);
});

it('tells nothing of a time too short to tell', () => {
  expect(watchEventLoop()()).toBeUndefined();
});
