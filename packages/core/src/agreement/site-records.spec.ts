import { expect, it } from 'vitest';
import type { Reading } from '../probe/probe.js';
import type { TapSample } from '../probe/tap.js';
import { denseSample } from '../testing/fakes/dense-sample.js';
import { siteRecords } from './site-records.js';

const at = (site: string, step: number, more: Partial<TapSample> = {}): TapSample => ({
  ...denseSample(5, { fired: Float64Array.of(step) }),
  site,
  step,
  ...more,
});
const reading = (site: string) => ({ probe: 'gradient', site }) as Reading;

it('gathers one measurement by site, with the training up to it and the readings', () => {
  const training = [10, 20, 30].map((step) => at('a', step, { on: 'training-step' }));
  const again = at('a', 20, { images: 7 });
  const samples = [at('a', 10), at('b', 20), ...training, at('a', 20), again, at('a', 30), at('c', 20, { images: 0 })];
  const other = at('a', 20, { at: 'preactivation' });
  const records = siteRecords(['b', 'a', 'c', 'd'], [...samples, other], [reading('a'), reading('b')], 20);
  expect([...records]).toEqual([
    ['b', { activation: samples[1], training: [], readings: [reading('b')] }],
    ['a', { activation: again, training: training.slice(0, 2), readings: [reading('a')] }],
  ]);
});
