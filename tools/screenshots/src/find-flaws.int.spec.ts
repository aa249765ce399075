import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFlaws } from './find-flaws.js';

const CHROMIUM = '/usr/bin/chromium';
// Where tests are run for the record, a missing browser is an error and not an excuse.
const skip = !existsSync(CHROMIUM) && process.env['CI'] === undefined;

describe.skipIf(skip)(`findFlaws (needs ${CHROMIUM})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  it.each([
    ['nothing', svg('<text x="5" y="20">one</text><text x="60" y="20">two</text><path d="M0 0L9 9"/>'), []],
    [
      'an overlap',
      svg('<text x="5" y="20">one</text><text x="9" y="20">two</text><path d="M0 0L9 9"/>'),
      [/overlap: one/],
    ],
    [
      'a text outside',
      svg('<text x="90" y="20">longer than that</text><path d="M0 0L9 9"/>'),
      [/leaves its drawing: longer/],
    ],
    ['an empty drawing', svg('<g></g>'), [/empty drawing/]],
    ['a blank canvas', '<canvas width="20" height="20"></canvas>', [/canvas of one colour/]],
    ['what is no number', '<p>Mean NaN</p><p>undefined</p>', [/Mean NaN/, /undefined/]],
    ['a page that is too wide', '<div style="width: 2000px">x</div>', [/wider than the window by/]],
  ] as const)('finds %s', async (_, body, flaws) => {
    const page = await browser.newPage({ viewport: { width: 500, height: 300 } });
    await page.setContent(`<!doctype html><html lang="en"><body>${body}</body></html>`);
    const found = await findFlaws(page);
    expect(found).toHaveLength(flaws.length);
    flaws.forEach((flaw, index) => expect(found[index]).toMatch(flaw));
    await page.close();
  });
});

function svg(content: string): string {
  return `<figure><svg width="100" height="40" viewBox="0 0 100 40" font-size="12">${content}</svg></figure>`;
}
