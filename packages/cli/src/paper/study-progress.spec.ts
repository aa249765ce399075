import { describe, expect, it } from 'vitest';
import type { ProgressDisplay } from '../output/progress-display.js';
import type { Job } from './jobs/job.js';
import { StudyProgress } from './study-progress.js';

const job = (id: string, kind: string) =>
  ({
    id,
    label: id,
    threads: 1,
    experiment: { dataset: { trainSize: 1000 }, architecture: { kind }, training: { epochs: 10, batchSize: 10 } },
  }) as unknown as Job;

function watched(jobs: readonly Job[], done: readonly string[] = []) {
  const lines: string[] = [];
  const live: string[] = [];
  const clock = { seconds: 0 };
  const display = { line: (text: string) => lines.push(text), live: (text: string) => live.push(text) };
  const { signal } = new AbortController();
  const now = () => 1000 * clock.seconds;
  const progress = new StudyProgress(jobs, done, 2, display as unknown as ProgressDisplay, signal, now);
  return { lines, live, clock, progress };
}

describe('StudyProgress', () => {
  it('tells time left by how long jobs of the same network took', () => {
    const [a, b, c, slow] = [job('a', 'vgg'), job('b', 'vgg'), job('c', 'vgg'), job('slow', 'resnet')];
    const { lines, live, clock, progress } = watched([a, b, c, slow]);
    progress.onStart(a);
    progress.onStart(slow);
    expect(live.at(-1)).toMatch(/0 of 4 jobs, a 0 %, slow 0 %$/);
    clock.seconds = 60;
    progress.onProgress(slow, 0.25);
    progress.onEnd(a, 'completed');
    // b, c and three quarters of the slow one, for all that is known as fast as a, on two cores.
    expect(lines).toEqual(['[1/4] a: completed in 1 min 00 s, 1 min 23 s left']);
    progress.onStart(b);
    clock.seconds = 240;
    progress.onEnd(slow, 'diverged');
    clock.seconds = 270;
    progress.onEnd(b, 'completed');
    // c alone, as long as a and b on average: 135 s on one of two cores.
    expect(lines.at(-1)).toBe('[3/4] b: completed in 3 min 30 s, 1 min 08 s left');
    progress.onStart(c);
    progress.onProgress(c, 0.5);
    expect(live.at(-1)).toMatch(/3 of 4 jobs, c 50 %, 34 s left$/);
    progress.onEnd(c, 'completed');
    expect(lines.at(-1)).not.toContain('left');
  });

  it('learns nothing from a job that went on from a checkpoint', () => {
    const [a, b, c] = [job('a', 'vgg'), job('b', 'vgg'), job('c', 'vgg')];
    const { lines, clock, progress } = watched([a, b, c], ['c']);
    progress.onStart(a);
    progress.onProgress(a, 0.9);
    clock.seconds = 6;
    progress.onEnd(a, 'completed');
    expect(lines).toEqual(['[2/3] a: completed in 6 s']);
  });
});
