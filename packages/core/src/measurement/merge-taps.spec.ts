import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATISTICS } from '../probe/statistic.js';
import type { Tap } from '../probe/tap.js';
import { mergeTaps } from './merge-taps.js';

const anyTap: fc.Arbitrary<Tap> = fc.record({
  site: fc.constantFrom('relu1', 'relu1#2', 'relu2'),
  at: fc.constantFrom('preactivation', 'activation', 'gradient'),
  on: fc.constantFrom('training-step', 'probe-split'),
  statistics: fc.subarray([...STATISTICS], { minLength: 1 }),
});

/** Every single thing asked for, as text. */
const requests = (taps: readonly Tap[]) =>
  new Set(taps.flatMap((tap) => tap.statistics.map((statistic) => [tap.site, tap.at, tap.on, statistic].join('|'))));

describe('mergeTaps', () => {
  it('joins the statistics of equal taps and keeps the first order', () => {
    const merged = mergeTaps([
      { site: 'b', at: 'activation', on: 'probe-split', statistics: ['imagesFired', 'fired'] },
      { site: 'a', at: 'activation', on: 'probe-split', statistics: ['max'] },
      { site: 'b', at: 'activation', on: 'training-step', statistics: ['fired'] },
      { site: 'b', at: 'activation', on: 'probe-split', statistics: ['sum', 'fired'] },
    ]);
    expect(merged).toEqual([
      { site: 'b', at: 'activation', on: 'probe-split', statistics: ['fired', 'imagesFired', 'sum'] },
      { site: 'a', at: 'activation', on: 'probe-split', statistics: ['max'] },
      { site: 'b', at: 'activation', on: 'training-step', statistics: ['fired'] },
    ]);
  });

  it('asks for exactly what was asked for, once', () => {
    fc.assert(
      fc.property(fc.array(anyTap), (taps) => {
        const merged = mergeTaps(taps);
        expect(requests(merged)).toEqual(requests(taps));
        expect(new Set(merged.map((tap) => `${tap.site}|${tap.at}|${tap.on}`)).size).toBe(merged.length);
        expect(mergeTaps(merged)).toEqual(merged);
      }),
    );
  });
});
