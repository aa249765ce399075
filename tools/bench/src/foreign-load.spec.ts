import { expect, it } from 'vitest';
import { foreignCores, readLoad } from './foreign-load.js';

const start = { wall: 1000, own: 50, busy: 9000 };

it.each([
  ['one and a half cores of others', { wall: 2000, own: 550, busy: 11_000 }, 1.5],
  ['nobody but us', { wall: 2000, own: 1050, busy: 10_000 }, 0],
  ['a little less than us, as system clocks are coarse', { wall: 2000, own: 1060, busy: 10_000 }, 0],
  ['a system that does not count', { wall: 2000, own: 1050, busy: 9000 }, undefined],
])('sees %s', (_, end, cores) => {
  expect(foreignCores(start, end)).toBe(cores);
});

it('reads this machine', () => {
  const first = readLoad();
  const work = Array.from({ length: 2e5 }, (_, i) => Math.sqrt(i)).sort((a, b) => b - a);
  expect(work[0]).toBeGreaterThan(0);
  const second = readLoad();
  expect(second.wall).toBeGreaterThan(first.wall);
  expect(second.own).toBeGreaterThan(first.own);
  expect(second.busy).toBeGreaterThanOrEqual(first.busy);
});

it('counts those that work for this process as its own', () => {
  expect(readLoad(1e9).own).toBeGreaterThan(1e9);
  expect(readLoad().own).toBeLessThan(1e9);
});
