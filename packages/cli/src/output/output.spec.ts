import { afterEach, describe, expect, it } from 'vitest';
import { formatDuration } from './duration.js';
import { progressBar } from './progress-bar.js';
import { createOutput } from './output.js';
import { plainLines, plainText } from './plain-text.js';
import { RemainingTime } from './remaining-time.js';
import { formatTable } from './table.js';

describe('formatDuration', () => {
  it.each([
    [0.2, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3 * 3600 + 7 * 60, '3 h 07 min'],
    [-1, '0 s'],
  ])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('RemainingTime', () => {
  it('counts from the first share that it was told, so that a resumed run is estimated rightly', () => {
    let time = 0;
    const clock = new RemainingTime(() => time);
    expect(clock.remaining(0.5)).toBe('');
    time = 10_000;
    expect(clock.remaining(0.6)).toBe(', 40 s left');
    expect(clock.remaining(1)).toBe('');
  });
});

describe('createOutput', () => {
  const before = Object.getOwnPropertyDescriptors(process.stderr);
  const terminal = (isTTY: boolean, columns: number | undefined) =>
    Object.defineProperties(process.stderr, {
      isTTY: { value: isTTY, configurable: true },
      columns: { value: columns, configurable: true },
    });
  afterEach(() => {
    for (const name of ['isTTY', 'columns'] as const) {
      const descriptor = before[name];
      if (descriptor) Object.defineProperty(process.stderr, name, descriptor);
      else Reflect.deleteProperty(process.stderr, name);
    }
  });

  it.each([
    [true, 80, false, true],
    [true, 80, true, false],
    [true, 0, false, false],
    [false, undefined, false, false],
  ])('on a terminal: %s, %s columns wide, quiet: %s, it is interactive: %s', (isTTY, columns, quiet, interactive) => {
    terminal(isTTY, columns);
    expect(createOutput({ json: false, quiet }).interactive).toBe(interactive);
  });
});

describe('plainText', () => {
  it('takes out what would move the cursor or turn the text, and cuts', () => {
    expect(plainText('a\u001b[31mb\r\n\u202ec')).toBe('a [31mb   c');
    expect(plainText('x'.repeat(100), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(plainText('😀'.repeat(100), 10)).toBe(`${'😀'.repeat(9)}…`);
  });
  it('keeps the lines of a message', () => expect(plainLines('a\u001b[2J\nb')).toBe('a [2J\nb'));
});

describe('formatTable', () => {
  it('aligns numbers right and text left', () => {
    const lines = formatTable(
      ['name', 'n'],
      [
        ['a', '1'],
        ['bb', '10'],
      ],
    ).split('\n');
    expect(lines[2]).toBe(' a       1 ');
    expect(lines[3]).toBe(' bb     10 ');
  });
});

describe('progressBar', () => {
  it.each([
    [0, `${'─'.repeat(20)} 0 %`],
    [0.5, `${'━'.repeat(10)}${'─'.repeat(10)} 50 %`],
    [0.999, `${'━'.repeat(20)} 99 %`],
    [7, `${'━'.repeat(20)} 100 %`],
  ])('%d', (share, text) => expect(progressBar(share)).toBe(text));
});
