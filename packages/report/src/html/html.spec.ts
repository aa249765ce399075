import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.js';
import { fileName } from './file-name.js';
import { formatCount, formatNumber, formatPercent, formatProbability, formatTick, plural } from './format.js';
import { compressedBlock, jsonBlock } from './json-block.js';
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

it('a page allows nothing but the style and the script that its policy knows by hash', async () => {
  const text = page('T', markup`<p>x</p>`);
  const hashOf = async (element: string) => {
    const content = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(text)![1]!;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content));
    return `'sha256-${Buffer.from(digest).toString('base64')}'`;
  };
  expect(text).toContain(
    `content="default-src 'none'; style-src ${await hashOf('style')}; script-src ${await hashOf('script')}; base-uri 'none'; form-action 'none'"`,
  );
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(/<style>([\s\S]*?)<\/style>/.exec(text)![1]).not.toMatch(/url\(|@import|@font-face/);
});

describe('a table as CSV', () => {
  const columns = [
    { label: 'site', as: 'text' },
    { label: 'Pr[y>0], "mean"', as: 'number' },
  ] as const;

  it('holds plain numbers, and texts that no spreadsheet takes for a formula', () => {
    const rows = [
      ['a,"b"\nc', '12,345.5'],
      ['=HYPERLINK("x")', '87.25\u00a0%'],
      ['+1', '–'],
      ['-2', 'not a number'],
      ['@x', '−∞'],
      ['', '-0.5'],
      ['1,234', '2.99e-4'],
      ['x', '=1+1'],
      ['y', '0.3 – 0.4'],
    ];
    expect(toCsv({ columns, rows })).toBe(
      [
        'site,"Pr[y>0], ""mean"""',
        '"a,""b""\nc",12345.5',
        `"'=HYPERLINK(""x"")",0.8725`,
        "'+1,",
        "'-2,NaN",
        "'@x,-Infinity",
        ',-0.5',
        '"1,234",2.99e-4',
        "x,'=1+1",
        'y,0.3 – 0.4',
        '',
      ].join('\r\n'),
    );
  });

  it('is read back cell by cell, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
        const [, ...read] = parseCsv(toCsv({ columns: [columns[0], columns[0]], rows }));
        const bare = (cell: string) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
        const given = rows.map((row) => row.map((cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)));
        expect(read.map((row) => row.map(bare))).toEqual(given);
        expect(read.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
    );
  });

  it('gives the numbers that are shown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ min: -1e300, max: 1e300 }), fc.constantFrom(Infinity, -Infinity)), (value) => {
        const [, [, cell]] = parseCsv(toCsv({ columns, rows: [['', formatNumber(value)]] })) as [string[], string[]];
        if (Number.isFinite(value)) expect(Math.abs(Number(cell) - value)).toBeLessThanOrEqual(0.006 * Math.abs(value));
        else expect(Number(cell)).toBe(value);
      }),
    );
  });
});

/** RFC 4180, written down apart from what is tested. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r\n)/gy;
  for (let match = field.exec(text); match; match = field.exec(text)) {
    const [, cell, end] = match;
    rows.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!);
    if (end === '\r\n') rows.push([]);
  }
  expect(field.lastIndex).toBe(0);
  return rows.slice(0, -1);
}

it('file names stay in their folder, whatever the id', () => {
  expect(fileName('run-a.depth-probe-split', 'svg')).toBe('run-a.depth-probe-split.svg');
  expect(['../../etc/passwd', '', '..', 'a\\b:c*d', 'é'.repeat(3)].map((id) => fileName(id, 'csv'))).toEqual([
    'etc-passwd.csv',
    'chart.csv',
    'chart.csv',
    'a-b-c-d.csv',
    'chart.csv',
  ]);
  expect(fileName('x'.repeat(10_000), 'png').length).toBeLessThan(130);
});

it('data for the script can end neither its element nor the page', () => {
  const block = jsonBlock('rest', ['</script><script>alert(1)</script><!--']).text;
  expect(block.match(/<\/?script/g)).toHaveLength(2);
  expect(block).not.toContain('<!--');
  const data = ['</script><script>alert(1)</script><!--'];
  expect(JSON.parse(/>(.*)</.exec(block)![1]!)).toEqual(data);
  const compressed = /^<script type="application\/zlib" class="rest">([A-Za-z0-9+/=]+)<\/script>$/;
  const [, content] = compressed.exec(compressedBlock('rest', data).text)!;
  expect(JSON.parse(inflateSync(Buffer.from(content!, 'base64')).toString())).toEqual(data);
});
