import type { EventBody, Reading } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { PLANTED_SITES, plantedRun } from '../samples/planted-run.js';
import { certificates } from './certificates.js';
import { normalTheories } from './normal-theory.js';
import { readRun } from './run-record.js';
import { unitUtility } from './unit-utility.js';

const [first, second] = PLANTED_SITES;
const reading = (probe: string, site: string, more: Partial<Reading>): EventBody => ({
  type: 'probe.reading',
  reading: { probe, site, on: 'probe-split', step: 20, epoch: 2, images: 100, units: {}, layer: {}, ...more },
});
const recorded = (...events: readonly EventBody[]) => readRun(plantedRun({}, events));

describe('certificates', () => {
  it('stand beside the units that never fired at the same step', async () => {
    const found = certificates(
      await recorded(
        reading('certified-dead', first!.name, { units: { certifiedDead: [1, 0, 0, 0], upper: [-1, 2, 3, 4] } }),
        reading('certified-dead', second!.name, { units: { certifiedDead: [0, 0], upper: [NaN, 1] } }),
      ),
    )!;
    expect(found).toMatchObject({ step: 20, units: 6, certified: 1 });
    expect(found.layers).toMatchObject([
      { units: 4, certified: 1, neverFired: 1, unbounded: 0 },
      { units: 2, certified: 0, neverFired: 1, unbounded: 1 },
    ]);
  });

  it('don’t borrow a count from another step', async () => {
    const later = { step: 30, epoch: 3, units: { certifiedDead: [0, 0, 0, 0] } };
    expect(
      certificates(await recorded(reading('certified-dead', first!.name, later)))!.layers[0]!.neverFired,
    ).toBeNull();
  });
});

describe('normal theories', () => {
  it('are those of both probes, at the sites of which they say something', async () => {
    const layer = { meanDeviation: 0.1, largestDeviation: 0.2 };
    const found = normalTheories(
      await recorded(
        reading('batch-norm-theory', first!.name, {
          units: { theoryPr: [0.5, 0.2, 0.1, 1], pr: [0.4, 0.2, 0.3, 1] },
          layer,
        }),
        reading('batch-norm-theory', second!.name, { layer: { covered: 0 } }),
        reading('pre-activation', second!.name, { units: { normalPr: [0, 0.5], pr: [0, 0.7] }, layer }),
      ),
    );
    expect(found.map(({ from, layers }) => [from, layers.map(({ site }) => site.name)])).toEqual([
      ['batch normalisation', ['first/relu']],
      ['measured moments', ['second/relu']],
    ]);
    expect(found[0]!.layers[0]).toMatchObject({ theory: [0.5, 0.2, 0.1, 1], counted: [0.4, 0.2, 0.3, 1], ...layer });
  });
});

describe('utility', () => {
  it('has quartiles by layer, and counts the useless', async () => {
    const found = unitUtility(
      await recorded(reading('utility', first!.name, { units: { utility: [0, 1, 2, 3] }, layer: { mean: 1.5 } })),
    )!;
    expect(found.layers).toMatchObject([
      { mean: 1.5, lowerQuartile: 0.75, median: 1.5, upperQuartile: 2.25, useless: 1 },
    ]);
  });
});

it('nothing is said of probes that did not run', async () => {
  const record = await recorded();
  expect(certificates(record)).toBeUndefined();
  expect(normalTheories(record)).toEqual([]);
  expect(unitUtility(record)).toBeUndefined();
});
