import type { RunReader } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { Activity } from './activity.js';

const at = (second: number) => new Date(1000 * second).toISOString();

/** A run that began at a second, and what was recorded of it when. */
function run(began: number, ...events: (readonly [type: string, second: number])[]): RunReader {
  return {
    summary: { createdAt: at(began) },
    async *events() {
      for (const [type, second] of events) yield { type, time: at(second) };
    },
  } as unknown as RunReader;
}

describe('Activity', () => {
  it('counts what runs side by side once, and neither gaps between runs nor interruptions', async () => {
    const activity = new Activity();
    expect(activity.seconds).toBe(0);
    await activity.add(run(100, ['epoch.completed', 110], ['run.finished', 130]));
    await activity.add(run(105, ['run.finished', 120]));
    await activity.add(run(120, ['run.finished', 140]));
    expect(activity.seconds).toBe(40);
    // Killed after an epoch, and taken up again much later.
    await activity.add(run(200, ['epoch.completed', 210], ['run.resumed', 500], ['run.finished', 505]));
    expect(activity.seconds).toBe(55);
  });
});
