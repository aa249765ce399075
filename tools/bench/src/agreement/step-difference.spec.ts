import { expect, it } from 'vitest';
import { stepDifference } from './step-difference.js';

it('compares steps', () => {
  const theirs = { wall: 1, cpu: 1, loss: 2, correct: 5, counters: { a: { fired: [4, 1] } } };
  const ours = { loss: 2.5, correct: 3, counters: [{ site: 'a', values: { fired: [4, 2] } }] };
  expect(stepDifference(ours, theirs)).toEqual({
    loss: 0.25,
    correct: 2,
    firedFlips: 1,
    fired: 5,
    largest: 0,
    largestOf: '',
  });
});
