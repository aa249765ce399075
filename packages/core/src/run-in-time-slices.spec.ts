import { describe, expect, it } from 'vitest';
import { runInTimeSlices } from './run-in-time-slices.js';

function* three() {
  yield* [1, 2, 3];
  return 'done';
}

describe('runInTimeSlices', () => {
  it('gives other work its turn, in between and in order, and returns what the work returns', async () => {
    const log: string[] = [];
    function* work() {
      for (let i = 0; i < 3; i++) {
        setImmediate(() => log.push('other'));
        yield i;
      }
      return 'result';
    }
    const result = await runInTimeSlices(work(), { milliseconds: 0, onValue: (value) => log.push(`value ${value}`) });
    expect(log).toEqual([0, 1, 2].flatMap((i) => [`value ${i}`, 'other']));
    expect(result).toBe('result');
  });

  it('does not pause work that is quick', async () => {
    let turned = false;
    setImmediate(() => (turned = true));
    expect(await runInTimeSlices(three(), { milliseconds: 60_000 })).toBe('done');
    expect(turned).toBe(false);
  });

  it('gives a turn during many pieces of work that are short by themselves', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const start = performance.now();
    // A busy machine may take any share of the time, so there is plenty.
    while (turns < 2 && performance.now() - start < 10_000) await runInTimeSlices(three(), { milliseconds: 5 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
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
    const run = runInTimeSlices(endless(), { milliseconds: 1, signal: controller.signal });
    await expect(run).rejects.toBe(reason);
    expect(closed).toBe(true);
  });
});
