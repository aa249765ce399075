import type { SimulationBody } from '@reluctant/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OverallProgress } from './overall-progress.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

function recorded(total: number) {
  const events: SimulationBody[] = [];
  return { events, progress: new OverallProgress((body) => events.push(body), total) };
}

describe('OverallProgress', () => {
  it('adds parts up by their cost, and ends at the total', () => {
    const { events, progress } = recorded(10);
    progress.begin('updates', 4, 'he');
    vi.advanceTimersByTime(1000);
    progress.tell(0.5);
    progress.begin('theory', 6);
    vi.advanceTimersByTime(1000);
    progress.tell(0.25);
    progress.finish();
    expect(events).toEqual([
      { type: 'progress', label: 'updates', detail: 'he', done: 0, total: 10 },
      { type: 'progress', label: 'updates', detail: 'he', done: 2, total: 10 },
      { type: 'progress', label: 'theory', done: 4, total: 10 },
      { type: 'progress', label: 'theory', done: 5.5, total: 10 },
      { type: 'progress', label: 'theory', done: 10, total: 10 },
    ]);
  });

  it('publishes at most four times a second, but for another label', () => {
    const { events, progress } = recorded(100);
    progress.begin('updates', 100);
    for (let millisecond = 1; millisecond <= 1000; millisecond++) {
      vi.advanceTimersByTime(1);
      progress.tell(millisecond / 1000);
    }
    progress.begin('updates', 0);
    expect(events.map((event) => event.type === 'progress' && event.done)).toEqual([0, 25, 50, 75, 100]);
  });

  it('never falls, nor exceeds a part that did more than was expected', () => {
    const { events, progress } = recorded(2);
    progress.begin('a', 1);
    for (const share of [0.6, 0.4, 1.7]) {
      vi.advanceTimersByTime(300);
      progress.tell(share);
    }
    expect(events.map((event) => event.type === 'progress' && event.done)).toEqual([0, 0.6, 0.6, 1]);
  });
});
