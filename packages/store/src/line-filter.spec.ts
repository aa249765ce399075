import { expect, it } from 'vitest';
import { comesAfter, mentionsOneOf } from './line-filter.js';

it.each([
  ['{"seq":7,"type":"a"}', 6, true],
  ['{"seq":7,"type":"a"}', 7, false],
  ['{"seq":1000000,"type":"a"}', 999_999, true],
  ['{"type":"a","seq":1}', 9, true],
  ['{"seq"', 9, true],
  ['', 9, true],
])('of %s: comes after %d? %s', (line, seq, expected) => {
  expect(comesAfter(seq)(Buffer.from(line))).toBe(expected);
});

it('finds any of several texts', () => {
  const isOne = mentionsOneOf(['"a"', '"ü"']);
  expect(['{"a":1}', '{"ü":1}', '{"b":1}'].map((line) => isOne(Buffer.from(line)))).toEqual([true, true, false]);
});
