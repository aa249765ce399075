import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.js';
import { interleave, type Subject } from './interleave.js';

/** Subjects that take a set time on a clock of their own. */
function bench(costs: Readonly<Record<string, (round: number) => number>>) {
  let now = 0;
  const calls: string[] = [];
  const subjects = Object.entries(costs).map(([name, cost]): Subject => ({
    name,
    async run(round) {
      calls.push(`${round} ${name}`);
      await Promise.resolve();
      now += cost(round);
    },
  }));
  const clock: Clock = () => ({ wall: now, cpu: 2 * now });
  return { subjects, clock, calls };
}

describe('interleave', () => {
  it('times each subject by itself, round by round, without the warm-up', async () => {
    const { subjects, clock } = bench({ slow: (round) => 100 + round, quick: () => 1 });
    const durations = await interleave(subjects, { rounds: 3, warmup: 2, clock });
    expect(durations.get('slow')).toEqual([102, 103, 104].map((wall) => ({ wall, cpu: 2 * wall })));
    expect(durations.get('quick')).toEqual(Array(3).fill({ wall: 1, cpu: 2 }));
  });

  it('runs every subject once a round, and each after each other one', async () => {
    const { subjects, clock, calls } = bench({ a: () => 1, b: () => 1, c: () => 1 });
    await interleave(subjects, { rounds: 40, warmup: 0, clock });
    const orders = Array.from({ length: 40 }, (_, round) => calls.slice(3 * round, 3 * round + 3));
    orders.forEach((order, round) =>
      expect([...order].sort()).toEqual(['a', 'b', 'c'].map((name) => `${round} ${name}`)),
    );
    expect(new Set(orders.map((order) => order.map((call) => call.split(' ')[1]).join(''))).size).toBe(6);
  });

  it('tells of every round', async () => {
    const { subjects, clock } = bench({ a: () => 1 });
    const done: number[] = [];
    await interleave(subjects, { rounds: 2, warmup: 1, clock, onRound: (round) => done.push(round) });
    expect(done).toEqual([1, 2, 3]);
  });

  it('believes a subject that measures itself', async () => {
    const { clock } = bench({});
    const remote: Subject = { name: 'a', run: async (round) => ({ wall: 10 + round, cpu: 3 }) };
    const durations = await interleave([remote], { rounds: 2, warmup: 1, clock });
    expect(durations.get('a')).toEqual([
      { wall: 11, cpu: 3 },
      { wall: 12, cpu: 3 },
    ]);
  });

  it('lets a failing subject speak', async () => {
    const failing: Subject = { name: 'a', run: () => Promise.reject(new Error('out of memory')) };
    await expect(interleave([failing], { rounds: 1, warmup: 0 })).rejects.toThrow('out of memory');
  });
});
