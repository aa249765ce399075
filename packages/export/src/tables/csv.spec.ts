import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.js';

/** RFC 4180 in two lines of grammar: quoted fields with doubled quotes, or plain ones. */
function parse(line: string): string[] {
  const fields = [...line.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
  return fields.map(([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"')));
}

describe('csvLine', () => {
  it('keeps any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '😀', ' ', "'", '=') });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (cells) => {
        expect(parse(csvLine(cells))).toEqual(cells);
      }),
    );
  });

  it('keeps numbers to the last bit', () => {
    fc.assert(fc.property(fc.double(), (value) => Object.is(Number(csvLine([value]).trim()), value)));
  });

  it('tells nothing from empty text, and writes times in UTC', () => {
    expect(csvLine([null, '', true, new Date(0), -0])).toBe(',"",true,1970-01-01T00:00:00.000Z,-0\r\n');
  });
});
