import { describe, expect, it } from 'vitest';
import { quietestAttempt } from './quietest-attempt.js';

/** Attempts of one second each, during which others keep the given numbers of cores busy. */
function disturbed(foreign: readonly number[]) {
  let [wall, busy, attempt] = [0, 1, 0];
  return {
    measure: async () => {
      wall += 1000;
      busy += 1000 * (1 + foreign[attempt]);
      return ++attempt;
    },
    load: () => ({ wall, own: wall, busy }),
  };
}
const attemptUnder = (foreign: readonly number[], maxAttempts = 3) => {
  const { measure, load } = disturbed(foreign);
  return quietestAttempt(measure, { tolerance: 0.1, maxAttempts, load });
};

describe('quietestAttempt', () => {
  it('is content with a quiet first attempt', async () => {
    expect(await attemptUnder([0.05])).toEqual({
      result: 1,
      foreignCores: expect.closeTo(0.05),
      noisy: false,
      attempts: 1,
    });
  });

  it('repeats until it was quiet', async () => {
    expect(await attemptUnder([1, 2, 0])).toEqual({ result: 3, foreignCores: 0, noisy: false, attempts: 3 });
  });

  it('keeps the least disturbed attempt, and says that it was disturbed', async () => {
    expect(await attemptUnder([1, 0.5, 2])).toEqual({ result: 2, foreignCores: 0.5, noisy: true, attempts: 3 });
    expect(await attemptUnder([1], 1)).toEqual({ result: 1, foreignCores: 1, noisy: true, attempts: 1 });
  });

  it('takes what it gets where the system does not tell', async () => {
    const still = () => ({ wall: 0, own: 0, busy: 0 });
    expect(await quietestAttempt(async () => 'done', { tolerance: 0, maxAttempts: 3, load: still })).toEqual({
      result: 'done',
      foreignCores: undefined,
      noisy: false,
      attempts: 1,
    });
  });
});
