import { expect, it } from 'vitest';
import { distinctNames } from './distinct-names.js';

const run = (id: string, name: string, seed = 1, createdAt = '2026-01-01T00:00:00Z') => ({ id, name, seed, createdAt });
const names = (...runs: Parameters<typeof distinctNames>[0]) => [...distinctNames(runs).values()];

it('names that differ stay as they are', () => {
  expect(names(run('a', 'vgg'), run('b', 'resnet'))).toEqual(['vgg', 'resnet']);
});

it('equal names are told apart by the shortest that does', () => {
  expect(names(run('a', 'vgg', 1), run('b', 'vgg', 2))).toEqual(['vgg (seed 1)', 'vgg (seed 2)']);
  expect(new Set(names(run('a', 'vgg'), run('b', 'vgg', 1, '2026-01-02T00:00:00Z')))).toHaveLength(2);
  expect(names(run('a', 'vgg'), run('b', 'vgg'))).toEqual(['vgg (a)', 'vgg (b)']);
});

it('names that only look equal are told apart too', () => {
  expect(names(run('a', 'vgg'), run('b', 'v\u202egg'), run('c', 'v gg'))).toEqual(['vgg', 'v gg (b)', 'v gg (c)']);
  expect(names(run('a', ''))).toEqual(['unnamed']);
});
