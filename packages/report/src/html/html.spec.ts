import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCount, formatNumber, formatPercent, formatProbability, formatTick, plural } from './format.js';
import { label, shortName } from './label.js';
import { escapeText, markup, trusted } from './markup.js';
import { page } from './page.js';
import { renderTable } from './table.js';

describe('markup', () => {
  it('escapes every value but markup of its own', () => {
    expect(markup`<p title="${'"><b>'}">${'<script>&'}${trusted('<i/>')}${[markup`<b>${'<'}</b>`, 1]}</p>`.text).toBe(
      '<p title="&#34;&#62;&#60;b&#62;">&#60;script&#62;&#38;<i/><b>&#60;</b>1</p>',
    );
  });

  it('leaves out what is absent', () => {
    expect(markup`a${undefined}${null}${false}${0}b`.text).toBe('a0b');
  });

  it('never lets a character through that opens a tag, an attribute or an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text).replace(/&#\d+;/g, '')).not.toMatch(/[<>&"'`]/);
      }),
    );
  });
});

describe('labels', () => {
  it('drop control characters, bidirectional overrides and lone surrogates, and keep emoji whole', () => {
    expect(label('a\u0000\n\u202eb\ud800 👩‍🔬é')).toBe('a b 👩‍🔬é');
  });

  it('are cut by what people take for characters', () => {
    expect(label('👩‍🔬'.repeat(10), 4)).toBe('👩‍🔬👩‍🔬👩‍🔬…');
    expect(label('x'.repeat(10_000), 5)).toBe('xxxx…');
    expect(shortName('stage3/block12/add/relu', 11)).toBe('stage…/relu');
    expect(shortName('relu', 11)).toBe('relu');
  });

  it('are well formed, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, most) => {
        const shown = label(text, most);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect([...new Intl.Segmenter('en').segment(shown)].length).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
});

it('numbers are shown for people', () => {
  expect([0, 12345, 0.03117, 1.8449, 2.9953e-4, 123.456, 4.2e7, -0.5].map(formatNumber)).toEqual([
    '0',
    '12,345',
    '0.0312',
    '1.845',
    '3.00e-4',
    '123.5',
    '42,000,000',
    '-0.5',
  ]);
  expect([NaN, Infinity, -Infinity, null, undefined].map(formatNumber)).toEqual(['not a number', '∞', '−∞', '–', '–']);
  expect([0, 1, 0.0029912, 5.9913e-5, 0.5].map(formatProbability)).toEqual([
    '0.000',
    '1.000',
    '0.00299',
    '5.99e-5',
    '0.500',
  ]);
  expect([10_000, 0.25, 1e-4, 0, 1e7].map(formatTick)).toEqual(['10,000', '0.25', '1e-4', '0', '1e7']);
  expect(formatPercent(0.87254)).toBe('87.25\u00a0%');
  expect(formatCount(1e6)).toBe('1,000,000');
  expect([plural(1, 'class', 'classes'), plural(0, 'unit')]).toEqual(['1 class', '0 units']);
});

it('a long table is cut, and says so', () => {
  const rows = Array.from({ length: 30 }, (_, row) => [`row ${row}`]);
  const text = renderTable({ columns: [{ label: 'a', as: 'text' }], rows, most: 25 }, 'A').text;
  expect(text).toContain('row 24<');
  expect(text).not.toContain('row 25<');
  expect(text).toContain('The first 25 of 30 rows; 5 more are not shown.');
});

it('a page allows nothing but the style that its policy knows by hash', async () => {
  const text = page('T', markup`<p>x</p>`);
  const style = /<style>([\s\S]*?)<\/style>/.exec(text)![1]!;
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))).toString('base64');
  expect(text).toContain(
    `content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(style).not.toMatch(/url\(|@import|@font-face/);
});
