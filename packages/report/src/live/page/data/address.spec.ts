import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNIT_ORDERS } from '../../../queries/unit-order.js';
import { formatAddress, parseAddress, subjectOf, type View } from './address.js';

// Lone surrogates have no place in an address: they become U+FFFD.
const text = fc.string({ unit: 'grapheme' });
const id = fc.string({ unit: 'grapheme', minLength: 1 });
const views: fc.Arbitrary<View> = fc.oneof(
  fc.record({ view: fc.constant('runs' as const), search: text, picked: fc.uniqueArray(id) }),
  fc.record({
    view: fc.constant('run' as const),
    run: id,
    site: fc.option(text, { nil: undefined }),
    order: fc.constantFrom(...UNIT_ORDERS),
    layers: text,
  }),
  fc.record({ view: fc.constant('compare' as const), runs: fc.uniqueArray(id) }),
  fc.record({ view: fc.constant('unit' as const), run: id, site: text, unit: fc.nat(999_999_999) }),
);

describe('an address', () => {
  it('holds the whole view, whatever runs and layers are called', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(parseAddress(formatAddress(view))).toEqual(view);
      }),
    );
  });

  it('survives what a browser makes of it', () => {
    fc.assert(
      fc.property(views, (view) => {
        const url = new URL(`http://127.0.0.1/${formatAddress(view)}`);
        expect(parseAddress(url.hash)).toEqual(view);
      }),
    );
  });

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(formatAddress(parseAddress(hash))).toMatch(/^#\//);
      }),
    );
  });

  it.each([
    '#/nowhere',
    '#/run',
    '#/unit?run=a&site=b',
    '#/unit?run=a&site=b&unit=-1',
    '#/unit?run=a&unit=1',
    '#<script>',
  ])('knows no view at %s', (hash) => expect(parseAddress(hash)).toEqual({ view: 'unknown' }));

  it('is the list of runs where there is none', () => {
    expect(parseAddress('')).toEqual({ view: 'runs', search: '', picked: [] });
  });
});

it('a choice within a page keeps its subject', () => {
  const run = parseAddress('#/run?run=a');
  expect(subjectOf(run)).toBe(subjectOf(parseAddress('#/run?run=a&site=x&order=death&layers=conv')));
  expect(subjectOf(run)).not.toBe(subjectOf(parseAddress('#/run?run=b')));
  expect(subjectOf(parseAddress('#/unit?run=a&site=s&unit=1'))).not.toBe(
    subjectOf(parseAddress('#/unit?run=a&site=s&unit=2')),
  );
});
