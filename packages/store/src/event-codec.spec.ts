import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJson, encodeJson } from './event-codec.js';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom('$number:', '$string:', '$'), fc.string()).map((parts) => parts.join('')),
  fc.constantFrom('$number:NaN', '$string:$number:NaN', '$string:$string:', 'NaN', '\u2028\n\r'),
);
const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, 2 ** 53 - 1));
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, number, text, fc.boolean(), fc.constant(null), tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 5 }),
  object: fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'constructor')), tie('value'), {
    maxKeys: 5,
    noNullPrototype: true,
  }),
}));

describe('encodeJson', () => {
  it('gives one line that decodes to the same, whatever numbers and strings there are', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const line = encodeJson(value);
        expect(line).not.toContain('\n');
        expect(isDeepStrictEqual(decodeJson(line), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is plain JSON but for what JSON lacks', () => {
    expect(encodeJson({ a: [1, -0, NaN], b: '$number:1' })).toBe(
      '{"a":[1,"$number:-0","$number:NaN"],"b":"$string:$number:1"}',
    );
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain = JSON.stringify(value);
        fc.pre(!plain.includes('"$') && !Object.is(JSON.parse(plain), -0) && !/(^|[[:,])-0[,}\]]/.test(plain));
        expect(decodeJson(plain)).toStrictEqual(JSON.parse(plain));
      }),
    );
  });

  it('sets no prototype from the log', () => {
    const decoded = decodeJson('{"__proto__":{"polluted":"$number:NaN"}}') as object;
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
    expect(Object.keys(decoded)).toEqual(['__proto__']);
  });
});
