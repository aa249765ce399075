import { expect, it, vi } from 'vitest';
import { AnswerCache } from './answer-cache.js';

it('makes an answer once a version, also when it is asked for twice meanwhile', async () => {
  const cache = new AnswerCache(2);
  const make = vi.fn(async () => 'body');
  expect(await Promise.all([cache.get('a', '1', make), cache.get('a', '1', make)])).toEqual(['body', 'body']);
  expect(make).toHaveBeenCalledTimes(1);
  await cache.get('a', '2', make);
  expect(make).toHaveBeenCalledTimes(2);
});

it('keeps those that were asked for last', async () => {
  const cache = new AnswerCache(2);
  const make = vi.fn(async () => 'body');
  for (const key of ['a', 'b', 'a', 'c', 'a']) await cache.get(key, '1', make);
  expect(make).toHaveBeenCalledTimes(3);
  await cache.get('b', '1', make);
  expect(make).toHaveBeenCalledTimes(4);
});

it('forgets what could not be made', async () => {
  const cache = new AnswerCache(2);
  await expect(cache.get('a', '1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cache.get('a', '1', async () => 'body')).toBe('body');
});
