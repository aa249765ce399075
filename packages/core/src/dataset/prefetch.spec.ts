import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { prefetch } from './prefetch.js';

/** Counts to `end`, or throws there; `log` tells what happens to it. */
async function* counting(end: number, log: string[] = [], failure?: Error): AsyncGenerator<number> {
  try {
    for (let i = 0; i < end; i++) {
      log.push(`produced ${i}`);
      yield i;
    }
    if (failure) throw failure;
  } finally {
    log.push('closed');
  }
}

describe('prefetch', () => {
  it.each([0, 1, 5])('gives all of %i items, in order, and ends', async (count) => {
    const items = [];
    for await (const item of prefetch(counting(count))) items.push(item);
    expect(items).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it('produces the next item, and no more, while the present one is worked on', async () => {
    const log: string[] = [];
    for await (const item of prefetch(counting(3, log))) {
      log.push(`begun ${item}`);
      for (let turn = 0; turn < 3; turn++) await setImmediate();
      log.push(`done ${item}`);
    }
    expect(log).toEqual([
      ...['produced 0', 'begun 0', 'produced 1', 'done 0'],
      ...['begun 1', 'produced 2', 'done 1'],
      ...['begun 2', 'closed', 'done 2'],
    ]);
  });

  it('lets the event loop turn between two items of a consumer that never waits', async () => {
    let turns = 0;
    let turning = true;
    const turn = () => {
      turns++;
      if (turning) global.setImmediate(turn);
    };
    turn();
    const seen = [];
    for await (const _ of prefetch(counting(3))) seen.push(turns);
    turning = false;
    expect(new Set(seen).size).toBe(3);
  });

  it('throws what the source throws in its place, after the items before it', async () => {
    const items: number[] = [];
    const consume = async () => {
      for await (const item of prefetch(counting(2, [], new Error('planned')))) {
        await setImmediate();
        items.push(item);
      }
    };
    await expect(consume()).rejects.toThrow('planned');
    expect(items).toEqual([0, 1]);
  });

  it.each([
    ['leaves', (): void => undefined, undefined],
    [
      'fails',
      () => {
        throw new Error('of the consumer');
      },
      'of the consumer',
    ],
  ])('closes the source where the consumer %s early', async (_, leave, message) => {
    const log: string[] = [];
    const consume = async () => {
      for await (const _ of prefetch(counting(5, log))) {
        leave();
        break;
      }
    };
    if (message) await expect(consume()).rejects.toThrow(message);
    else await consume();
    expect(log).toEqual(['produced 0', 'produced 1', 'closed']);
  });

  it('forgets a failure of an item that is not asked for any more', async () => {
    for await (const item of prefetch(counting(1, [], new Error('planned')))) {
      expect(item).toBe(0);
      break;
    }
  });

  it('asks a source that has ended, or failed, for nothing more', async () => {
    const calls: string[] = [];
    const source = (end: () => Promise<IteratorResult<number>>) => ({
      [Symbol.asyncIterator]: () => ({
        next: () => {
          calls.push('next');
          return end();
        },
        return: async () => {
          calls.push('return');
          return { done: true, value: undefined } as const;
        },
      }),
    });
    const ended = prefetch(source(async () => ({ done: true, value: undefined })));
    const failed = prefetch(source(() => Promise.reject(new Error('planned'))));
    await ended.next();
    await expect(failed.next()).rejects.toThrow('planned');
    expect(calls).toEqual(['next', 'next']);
  });
});
