import type { ProbeOutput } from '@reluctant/core';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { anyLooks, samplesOf } from '../testing/engine-double.js';
import { outputsOf } from '../testing/outputs-of.js';
import { residualSites } from '../testing/residual-sites.js';
import { unitLifecycle, unitLifecycleOptions } from './unit-lifecycle.js';

const taps = unitLifecycle.taps(residualSites, { sites: 'all' });
const look = (step: number, ...fired: number[]) =>
  denseSample(10, { fired: Float64Array.from(fired) }, { step, epoch: step / 10 });

describe('unit-lifecycle', () => {
  it('publishes transitions, then the totals, at every look', () => {
    expect(outputsOf(unitLifecycle, [look(0, 0, 4), look(10, 2, 0)], [denseSite(2)])).toEqual([
      {
        type: 'unit.transition',
        transition: 'born-dead',
        probe: 'unit-lifecycle',
        site: 'relu',
        unit: 0,
        step: 0,
        epoch: 0,
      },
      {
        type: 'probe.reading',
        probe: 'unit-lifecycle',
        site: 'relu',
        on: 'probe-split',
        step: 0,
        epoch: 0,
        images: 10,
        units: { dead: [1, 0], everDied: [0, 0] },
        layer: { dead: 1, bornDead: 1, died: 0, revived: 0, alive: 1 },
      },
      {
        type: 'unit.transition',
        transition: 'revived',
        probe: 'unit-lifecycle',
        site: 'relu',
        unit: 0,
        step: 10,
        epoch: 1,
      },
      {
        type: 'unit.transition',
        transition: 'died',
        probe: 'unit-lifecycle',
        site: 'relu',
        unit: 1,
        step: 10,
        epoch: 1,
      },
      {
        type: 'probe.reading',
        probe: 'unit-lifecycle',
        site: 'relu',
        on: 'probe-split',
        step: 10,
        epoch: 1,
        images: 10,
        units: { dead: [0, 1], everDied: [0, 1] },
        layer: { dead: 1, bornDead: 1, died: 1, revived: 1, alive: 1 },
      },
    ]);
  });

  it('gives the two calls of one layer lives of their own, and each site what it would have alone', () => {
    fc.assert(
      fc.property(anyLooks(residualSites, 5), (looks) => {
        const samples = samplesOf(looks, residualSites, taps);
        const together = outputsOf(unitLifecycle, samples, residualSites);
        for (const site of residualSites) {
          const alone = outputsOf(
            unitLifecycle,
            samples.filter((sample) => sample.site === site.name),
            residualSites,
          );
          expect(together.filter((output) => output.site === site.name)).toEqual(alone);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the order of the samples', () => {
    fc.assert(
      fc.property(anyLooks(residualSites, 4), (looks) => {
        const samples = samplesOf(looks, residualSites, taps);
        const readings = outputsOf(unitLifecycle, samples, residualSites).filter(
          ({ type }) => type === 'probe.reading',
        );
        expect(readings.map(({ site, step }) => [site, step])).toEqual(samples.map(({ site, step }) => [site, step]));
      }),
      { numRuns: 30 },
    );
  });

  it('answers each sample before the next, and starts afresh for each subscriber', () => {
    const samples$ = new Subject<ReturnType<typeof look>>();
    const readings$ = unitLifecycle.readings(samples$, { sites: [denseSite(1)] }, unitLifecycleOptions.parse({}));
    const first: ProbeOutput[] = [];
    readings$.subscribe((output) => first.push(output));
    samples$.next(look(0, 3));
    expect(first.map(({ type }) => type)).toEqual(['probe.reading']);
    const second: ProbeOutput[] = [];
    readings$.subscribe((output) => second.push(output));
    samples$.next(look(10, 0));
    expect(first.slice(1)).toEqual(second);
    expect(second[0]).toMatchObject({ type: 'unit.transition', transition: 'died', step: 10 });
  });
});
