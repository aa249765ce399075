import { expect, it } from 'vitest';
import { formatDuration, formatMoment } from './moment.js';

it.each([
  [0, '0 s'],
  [-3, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [60, '1 min'],
  [3599, '1 h'],
  [4800, '1 h 20 min'],
  [86_400, '1 d'],
  [86_400 * 2 + 3600 * 3, '2 d 3 h'],
  [86_399, '1 d'],
])('%d seconds are %s', (seconds, told) => expect(formatDuration(seconds).replaceAll('\u00a0', ' ')).toBe(told));

it('a time that is none is shown as it is', () => {
  expect(formatMoment('yesterday')).toBe('yesterday');
  expect(formatMoment('2026-01-01T12:00:00Z')).toContain('2026');
});
