import { describe, expect, it } from 'vitest';
import { numberIn } from './number-option.js';

describe('numberIn', () => {
  it.each([
    [numberIn(0, 1), '0', 0],
    [numberIn(0, 1), '1', 1],
    [numberIn(0, 1, { open: true }), '.95', 0.95],
    [numberIn(1, Infinity, { integer: true }), '1e3', 1000],
  ])('%# reads %s', (read, text, value) => expect(read(text)).toBe(value));

  it.each([
    [numberIn(0, 1, { open: true }), '1', 'Give a number above 0 and below 1.'],
    [numberIn(0, 1), '1.1', 'Give a number from 0 to 1.'],
    [numberIn(0, 1), '', 'Give a number from 0 to 1.'],
    [numberIn(0, 1), 'half', 'Give a number from 0 to 1.'],
    [numberIn(1, Infinity, { integer: true }), '1.5', 'Give a whole number from 1 on.'],
    [numberIn(0, Infinity), 'Infinity', 'Give a number from 0 on.'],
    [numberIn(0, Infinity, { open: true }), '0', 'Give a number above 0.'],
  ])('%# refuses %j', (read, text, message) => expect(() => read(text)).toThrow(message));
});
