import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../api.js';
import { eventsPath, mayHaveChanged, pathOf, runPath } from './api-paths.js';

const shown = ['a', '<b>/..%2f'].flatMap((run) => [
  runPath(run),
  pathOf(run, 'training'),
  pathOf(run, 'layers'),
  pathOf(run, 'depth'),
  pathOf(run, 'heat-map', { site: 'conv1/relu' }),
  pathOf(run, 'transitions'),
  pathOf(run, 'unit', { site: 's', unit: '3' }),
  pathOf(run, 'unit-images', { site: 's', unit: '3' }),
]);
const changed = (event: LiveEvent) => shown.filter(mayHaveChanged(event));

describe('after an event', () => {
  const run = '<b>/..%2f';
  it('of steps only the curves are asked for', () => {
    const progress = { epoch: 1, epochs: 2, step: 3, steps: 4, secondsLeft: 5 };
    expect(changed({ type: 'steps', run, progress, loss: 1 })).toEqual([pathOf(run, 'training')]);
  });

  it('of a measurement all that is drawn from readings is asked for, but the network is not run again', () => {
    const again = changed({ type: 'measured', run, step: 1, epoch: 1 });
    expect(again).toHaveLength(6);
    expect(again).toContain(pathOf(run, 'heat-map', { site: 'conv1/relu' }));
    expect(again).not.toContain(pathOf(run, 'unit-images', { site: 's', unit: '3' }));
    expect(again).not.toContain(pathOf(run, 'training'));
  });

  it('of a rewound record everything of that run is asked for, and of no other', () => {
    expect(changed({ type: 'changed', run, what: 'everything' })).toEqual(shown.slice(8));
  });

  it('of another run nothing is asked for', () => {
    expect(changed({ type: 'measured', run: 'c', step: 1, epoch: 1 })).toEqual([]);
  });
});

it('events are asked for with each id encoded by itself', () => {
  expect(eventsPath([], '')).toBe('api/events');
  expect(eventsPath(['a,b', 'c&d'], '3.4')).toBe('api/events?runs=a%2Cb,c%26d&after=3.4');
});

it('a path holds a name as one part, whatever it is', () => {
  expect(runPath('../../etc/passwd')).toBe('api/runs/..%2F..%2Fetc%2Fpasswd');
  expect(pathOf('a', 'unit', { site: 'x&y=1', unit: '0' })).toBe('api/runs/a/unit?site=x%26y%3D1&unit=0');
});
