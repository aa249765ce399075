import { describe, expect, it } from 'vitest';
import { cacheFolder } from './surroundings.js';

const home = '/home/someone';
const cwd = '/here';

describe('cacheFolder', () => {
  it.each([
    [{}, '/home/someone/.cache/reluctant'],
    [{ XDG_CACHE_HOME: '/caches' }, '/caches/reluctant'],
    [{ XDG_CACHE_HOME: 'relative' }, '/home/someone/.cache/reluctant'],
    [{ RELUCTANT_CACHE: '/mine', XDG_CACHE_HOME: '/caches' }, '/mine'],
    [{ RELUCTANT_CACHE: 'mine' }, '/here/mine'],
    [{ RELUCTANT_CACHE: '' }, '/home/someone/.cache/reluctant'],
  ])('with %j is %s', (env, expected) => {
    expect(cacheFolder({ env, home, cwd })).toBe(expected);
  });
});
