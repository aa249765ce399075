import { expect, it } from 'vitest';
import { tellTimeLeft } from './time-left.js';

it('tells every five seconds what is left at the rate so far', () => {
  let now = 0;
  const told: string[] = [];
  const tell = tellTimeLeft(
    'vgg11',
    100,
    (message) => told.push(message),
    () => now,
  );
  for (let taken = 1; taken <= 12; taken++) {
    now += 1000;
    tell(taken);
  }
  expect(told).toEqual(['vgg11: step 5 of 100, 1 min 35 s left', 'vgg11: step 10 of 100, 1 min 30 s left']);
});
