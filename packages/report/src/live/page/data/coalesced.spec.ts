import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Coalesced } from './coalesced.js';

describe('coalesced work', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is done at once, then once an interval however often it is asked for', async () => {
    const work = vi.fn(async () => {});
    const coalesced = new Coalesced(work, 1000);
    for (let at = 0; at < 3500; at += 100) {
      coalesced.request();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(work).toHaveBeenCalledTimes(4);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(work).toHaveBeenCalledTimes(5);
  });

  it('is never done twice at a time, and is done again when it was asked for meanwhile', async () => {
    let ends: () => void = () => {};
    const work = vi.fn(() => new Promise<void>((resolve) => (ends = resolve)));
    const coalesced = new Coalesced(work, 1000);
    coalesced.request();
    coalesced.request();
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(1);
    ends();
    await vi.advanceTimersByTimeAsync(0);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('is not done for what was cancelled', async () => {
    const work = vi.fn(async () => {});
    const coalesced = new Coalesced(work, 1000);
    coalesced.request();
    coalesced.request();
    coalesced.cancel();
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
