import { setImmediate as tick } from 'node:timers/promises';
import { ReluctantError } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import type { Job, JobResult } from './job.js';
import { LocalScheduler, type StartJob } from './local-scheduler.js';

const job = (id: string, threads = 1) => ({ id, label: id, threads, experiment: {} }) as Job;

/** Jobs that end when they are told to. */
function stage() {
  const log: string[] = [];
  const running = new Map<
    string,
    { end: (result: JobResult | 'interrupted') => void; fail: (error: unknown) => void }
  >();
  const start: StartJob = async ({ id }) => {
    log.push(`start ${id}`);
    const result = new Promise<JobResult | 'interrupted'>((end, fail) => running.set(id, { end, fail }));
    return {
      result,
      interrupt: () => {
        if (!running.has(id)) return;
        log.push(`interrupt ${id}`);
        running.get(id)!.end('interrupted');
      },
    };
  };
  const end = async (id: string, result: JobResult = 'completed') => {
    running.get(id)!.end(result);
    await tick();
  };
  return { log, start, end, running };
}

describe('LocalScheduler', () => {
  it('keeps its cores busy and no more, in the order of the jobs', async () => {
    const { log, start, end } = stage();
    const ends: string[] = [];
    const jobs = [job('a'), job('b'), job('c'), job('d')];
    const all = new LocalScheduler(2, start).run(jobs, {
      onEnd: ({ id }, result) => void ends.push(`${id} ${result}`),
    });
    await tick();
    expect(log).toEqual(['start a', 'start b']);
    await end('b', 'diverged');
    expect(log).toEqual(['start a', 'start b', 'start c']);
    await end('a');
    await end('c');
    await end('d');
    await all;
    expect(ends).toEqual(['b diverged', 'a completed', 'c completed', 'd completed']);
  });

  it('gives a job that wants all cores, or more than there are, the machine for itself', async () => {
    const { log, start, end } = stage();
    const all = new LocalScheduler(2, start).run([job('a'), job('wide', 8), job('b')], {});
    await tick();
    expect(log).toEqual(['start a']);
    await end('a');
    expect(log).toEqual(['start a', 'start wide']);
    await end('wide');
    expect(log.at(-1)).toBe('start b');
    await end('b');
    await all;
  });

  it('has what runs saved after a failure, starts nothing more, and throws the first', async () => {
    const { log, start, running } = stage();
    const all = new LocalScheduler(2, start).run([job('a'), job('b'), job('c')], {});
    await tick();
    const { fail } = running.get('a')!;
    running.delete('a');
    fail(new ReluctantError('DATASET_NOT_FOUND', 'no data'));
    await expect(all).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND', message: 'no data' });
    expect(log).toEqual(['start a', 'start b', 'interrupt b']);
  });

  it('fails where a job can not be started', async () => {
    const all = new LocalScheduler(1, () => Promise.reject(new Error('no process'))).run([job('a'), job('b')], {});
    await expect(all).rejects.toThrow('no process');
  });

  it('stops when it is told to', async () => {
    const { log, start } = stage();
    const controller = new AbortController();
    const all = new LocalScheduler(1, start).run([job('a'), job('b')], { signal: controller.signal });
    await tick();
    controller.abort();
    await expect(all).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(log).toEqual(['start a', 'interrupt a']);
  });

  it('does nothing where it was told to stop before', async () => {
    const { log, start } = stage();
    const all = new LocalScheduler(1, start).run([job('a')], { signal: AbortSignal.abort() });
    await expect(all).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(log).toEqual([]);
  });

  it('is done at once with nothing to do', () => new LocalScheduler(1, stage().start).run([], {}));
});
