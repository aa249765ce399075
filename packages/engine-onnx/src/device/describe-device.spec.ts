import { expect, it } from 'vitest';
import type { DetectedDevice } from './detect-device.js';
import { describeDevice, describeStrategies, describeTunings } from './describe-device.js';

const fast: DetectedDevice = { provider: 'cpu', threads: 2, spinning: 50, block: 16 };
const plain: DetectedDevice = {
  provider: 'cuda',
  threads: 1,
  spinning: 50,
  plainBecause: 'fast ones are for provider "cpu"',
};
const tuning = { choices: {}, convolutions: 8, differing: 3 };

it('a device is described by its threads, its blocks, and its tuning', () => {
  expect(describeDevice(fast, 'native', tuning)).toBe(
    'cpu (2 threads, zero-copy, channels in blocks of 16, tuned: 3 of 8 convolutions differ from the rules)',
  );
  expect(describeDevice(plain, 'stock')).toBe('cuda (1 thread, plain strategies: fast ones are for provider "cpu")');
});

it('strategies are named, with the reason', () => {
  expect(describeStrategies(fast)).toMatch(/^convolutions: winograd, .*plain, by shape \(blocks of 16 channels/);
  expect(describeStrategies(plain)).toBe('convolutions: plain (fast ones are for provider "cpu")');
});

it('tunings are counted', () => {
  expect(describeTunings(fast, false, [])).toBe('tuning: off, 0 networks remembered for this device');
  expect(describeTunings(fast, true, [tuning])).toBe(
    'tuning: on, 1 network remembered for this device (3 of 8 convolutions differ from the rules)',
  );
  expect(describeTunings(fast, false, [tuning, { ...tuning, differing: 0 }])).toBe(
    'tuning: off, 2 networks remembered for this device (0 of 8 convolutions differ from the rules; 3 of 8 convolutions differ ' +
      'from the rules)',
  );
  expect(describeTunings(plain, true, [])).toBe('tuning: nothing to choose from where all strategies are plain');
});
