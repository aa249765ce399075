import { describe, expect, it } from 'vitest';
import { isFaster } from './is-faster.js';
import type { Trial } from './trial.js';

/** A trial whose steps take these times, the first of which are warm-up; the last goes on. */
function trial(name: string, times: readonly number[], log: string[] = []): Trial {
  let step = 0;
  return {
    async step() {
      log.push(name);
      return times[Math.min(step++, times.length - 1)];
    },
    close: async () => undefined,
  };
}

describe('isFaster', () => {
  it.each([
    ['much faster', [100, 90], true],
    ['faster by more than 2 %', [100, 97.9], true],
    ['faster by less than 2 %', [100, 98.1], false],
    ['as fast', [100, 100], false],
    ['slower', [100, 110], false],
    ['slow in its first step only, which compiles', [5000, 90], true],
    ['disturbed in two of five steps', [100, 90, 150, 90, 150, 90], true],
    ['lucky in two of five steps', [100, 100, 60, 100, 60, 100], false],
  ])('of a challenger that is %s', async (_, times, expected) => {
    expect(await isFaster(trial('challenger', times), trial('champion', [100]))).toBe(expected);
  });

  it('compares steps of the same time: what slows both, decides nothing', async () => {
    const load = [1, 3, 1, 5, 1, 2];
    const challenger = trial(
      'challenger',
      load.map((factor) => 95 * factor),
    );
    const champion = trial(
      'champion',
      load.map((factor) => 100 * factor),
    );
    expect(await isFaster(challenger, champion)).toBe(true);
  });

  it('lets them take turns, after a step each that does not count', async () => {
    const log: string[] = [];
    await isFaster(trial('challenger', [100], log), trial('champion', [100], log));
    expect(log).toEqual(Array.from({ length: 6 }, () => ['champion', 'challenger']).flat());
  });

  it('gives up a challenger after one step that takes more than twice as long', async () => {
    const log: string[] = [];
    expect(await isFaster(trial('challenger', [100, 201, 1], log), trial('champion', [100], log))).toBe(false);
    expect(log).toHaveLength(4);
  });
});
