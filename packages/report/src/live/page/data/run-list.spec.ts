import { describe, expect, it } from 'vitest';
import type { RunListItem } from '../../api.js';
import { ALL_RUNS } from './address.js';
import { afterEvent, searchRuns, statusOf } from './run-list.js';
import { watchedRuns } from './watched-runs.js';

const item = (id: string, changes: Partial<RunListItem> = {}): RunListItem => ({
  id,
  name: id,
  createdAt: '2026-01-01T00:00:00Z',
  status: 'running',
  alive: true,
  seed: 1,
  dataset: 'cifar10',
  architecture: 'vgg',
  progress: null,
  trainLoss: 2,
  testAccuracy: null,
  meanPr: null,
  neverFired: null,
  units: null,
  ...changes,
});
const ids = (runs: readonly RunListItem[] | undefined) => runs?.map(({ id }) => id);

describe('the list of runs', () => {
  const runs = [item('b'), item('a', { createdAt: '2025-01-01T00:00:00Z' })];

  it('takes in runs that appear and change, the newest first, and lets go of those that are gone', () => {
    const changed = [item('c', { createdAt: '2026-05-01T00:00:00Z' }), item('b', { name: 'renamed' })];
    const after = afterEvent(runs, { type: 'runs', changed, removed: ['a'] }, false);
    expect(ids(after)).toEqual(['c', 'b']);
    expect(after?.[1]?.name).toBe('renamed');
  });

  it('forgets what a whole list does not name: the server may have been started for another folder', () => {
    expect(ids(afterEvent(runs, { type: 'runs', changed: [item('d')], removed: [] }, true))).toEqual(['d']);
  });

  it('follows the steps of a run and keeps its loss where none is told', () => {
    const progress = { epoch: 1, epochs: 4, step: 10, steps: 40, secondsLeft: 3 };
    const stepped = afterEvent(runs, { type: 'steps', run: 'a', progress, loss: null }, false);
    expect(stepped?.[1]).toMatchObject({ progress, trainLoss: 2 });
    expect(stepped?.[0]).toBe(runs[0]);
  });

  it('is the same list after what does not concern it', () => {
    expect(afterEvent(runs, { type: 'measured', run: 'a', step: 1, epoch: 1 }, false)).toBe(runs);
    const progress = { epoch: 1, epochs: 4, step: 10, steps: 40, secondsLeft: 3 };
    expect(afterEvent(runs, { type: 'steps', run: 'unknown', progress, loss: 1 }, false)).toBe(runs);
  });
});

it('runs are watched that are shown and have no end', () => {
  const runs = [item('a'), item('b', { status: 'completed' }), item('c', { alive: false }), item('d')];
  const compare = { view: 'compare', runs: ['a', 'b', 'c', 'unknown'] } as const;
  expect(watchedRuns(compare, runs)).toEqual(['a', 'c']);
  expect(watchedRuns({ view: 'unit', run: 'd', site: 's', unit: 0 }, runs)).toEqual(['d']);
  expect(watchedRuns(ALL_RUNS, runs)).toEqual([]);
});

it('a search finds every word anywhere, in any case', () => {
  const runs = [item('one', { name: 'VGG with He', seed: 7 }), item('two', { status: 'diverged' })];
  expect(ids(searchRuns(runs, ' '))).toEqual(['one', 'two']);
  expect(ids(searchRuns(runs, 'he vgg'))).toEqual(['one']);
  expect(ids(searchRuns(runs, 'seed 7'))).toEqual(['one']);
  expect(ids(searchRuns(runs, 'diverged'))).toEqual(['two']);
  expect(ids(searchRuns(runs, 'absent'))).toEqual([]);
});

it('a run without an end is running only while it is written', () => {
  expect(statusOf({ status: 'running', alive: true }).mark).toBe('running');
  expect(statusOf({ status: 'running', alive: false }).mark).toBe('stopped');
  expect(statusOf({ status: 'failed', alive: false })).toEqual({ mark: 'failed', label: 'failed' });
});
