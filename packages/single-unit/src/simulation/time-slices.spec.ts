import { describe, expect, it } from 'vitest';
import { runInTimeSlices } from './time-slices.js';

describe('runInTimeSlices', () => {
  it('gives other work its turn, in between and in order', async () => {
    const log: string[] = [];
    function* work() {
      for (let i = 0; i < 3; i++) {
        setImmediate(() => log.push('other'));
        yield i;
      }
    }
    await runInTimeSlices(work(), {
      milliseconds: 0,
      onValue: (value) => log.push(`value ${value}`),
      onPause: () => log.push('pause'),
    });
    expect(log).toEqual([0, 1, 2].flatMap((i) => [`value ${i}`, 'pause', 'other']));
  });

  it('does not pause work that is quick', async () => {
    let pauses = 0;
    await runInTimeSlices([1, 2, 3], { milliseconds: 60_000, onValue: () => {}, onPause: () => pauses++ });
    expect(pauses).toBe(0);
  });

  it('stops at the next turn when aborted, with the reason of the signal, and closes the work', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let closed = false;
    function* endless() {
      try {
        for (;;) yield 1;
      } finally {
        closed = true;
      }
    }
    setImmediate(() => controller.abort(reason));
    await expect(
      runInTimeSlices(endless(), {
        milliseconds: 1,
        signal: controller.signal,
        onValue: () => {},
        onPause: () => {},
      }),
    ).rejects.toBe(reason);
    expect(closed).toBe(true);
  });
});
