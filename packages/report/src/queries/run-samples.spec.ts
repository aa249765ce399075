import type { EventBody, TapSample } from '@reluctant/core';
import { denseSample } from '@reluctant/core/testing';
import { describe, expect, it } from 'vitest';
import { memoryRunReader } from '../samples/memory-run-reader.js';
import { plantedEvents, plantedRun } from '../samples/planted-run.js';
import { sampleManifest, site } from '../samples/sample-manifest.js';
import { positionMaps } from './position-maps.js';
import { readRun } from './run-record.js';
import { readSamples } from './run-samples.js';
import type { Site } from './sites.js';
import { unitAgreement } from './unit-agreement.js';

const counts = (...values: readonly number[]) => Float64Array.from(values);
const tapped = (samples: readonly TapSample[]): readonly EventBody[] =>
  samples.map((sample) => ({ type: 'tap.sampled', sample }));
const at = (name: string, step: number, values: TapSample['values'], more: Partial<TapSample> = {}): TapSample => {
  return { ...denseSample(100, values), site: name, step, epoch: step / 10, ...more };
};
const training = { on: 'training-step' } as const;

describe('readSamples', () => {
  it('keeps the last two of each site, and of the training batches what tells of silence', async () => {
    const reader = plantedRun({}, [
      ...tapped([
        at('first/relu', 0, { fired: counts(9, 9, 9, 9) }),
        at('first/relu', 10, { fired: counts(1, 1, 1, 1) }),
        at('first/relu', 10, { fired: counts(1, 2, 3, 4), sum: counts(1, 2, 3, 4) }, training),
        at('first/relu', 20, { fired: counts(0, 5, 50, 100) }),
        at('first/relu', 20, { sum: counts(0, 5, 50, 100) }, { at: 'preactivation' }),
        at('second/relu', 10, { fired: counts(0, 1) }),
        at('second/relu', 20, { sum: counts(0, 1) }, training),
      ]),
    ]);
    expect(
      (await readSamples(reader)).map(({ site: name, on, step, values }) => [name, on, step, Object.keys(values)]),
    ).toEqual([
      ['first/relu', 'training-step', 10, ['fired']],
      ['first/relu', 'probe-split', 10, ['fired']],
      ['first/relu', 'probe-split', 20, ['fired']],
      ['second/relu', 'probe-split', 10, ['fired']],
    ]);
  });
});

describe('agreement', () => {
  const samples = [
    at('first/relu', 20, { fired: counts(0, 100, 500, 1000), sumAbs: counts(0, 1, 500, 499) }, { elements: 1000 }),
    at('second/relu', 20, { fired: counts(0, 75), sumAbs: counts(0, 60) }),
  ];

  it('judges the definitions whose probes ran, with their thresholds, on the last measurement', async () => {
    const found = unitAgreement(await readRun(plantedRun()), samples)!;
    expect(found).toMatchObject({ step: 20, images: 100, units: 6, epsilon: 0.01, tau: 0.025, window: null });
    expect(found.definitions).toEqual([
      { definition: 'never-fired', flagged: 2, units: 6 },
      { definition: 'nearly-dead', flagged: 2, units: 6 },
      { definition: 'dormant', flagged: 3, units: 6 },
    ]);
    expect(found.pairs[1]).toMatchObject({ a: 'never-fired', b: 'dormant', jaccard: 2 / 3, containment: 'within' });
    expect(found.layers.map(({ flagged }) => flagged)).toEqual([
      { 'never-fired': 1, 'nearly-dead': 1, dormant: 2 },
      { 'never-fired': 1, 'nearly-dead': 1, dormant: 1 },
    ]);
  });

  it('takes silence from the training batches', async () => {
    const windows = [
      at('first/relu', 10, { fired: counts(1, 1, 1, 1) }, training),
      at('first/relu', 20, { fired: counts(0, 0, 1, 1) }, training),
    ];
    const found = unitAgreement(await readRun(plantedRun()), [...samples, ...windows])!;
    expect(found.window).toBe(10);
    expect(found.definitions).toContainEqual({ definition: 'silent', flagged: 2, units: 4 });
  });

  it('leaves out a definition whose probe did not run, and says nothing with one left', async () => {
    const record = await readRun(plantedRun());
    const without = { ...record, readings: record.readings.filter(({ probe }) => probe === 'activation-probability') };
    expect(unitAgreement(without, samples)).toBeUndefined();
    expect(unitAgreement(record, [])).toBeUndefined();
  });
});

describe('maps of positions', () => {
  const conv = { ...site('conv', 1, 3, 'conv', false), positions: 4, map: [2, 2] as const };
  const record = (sites: readonly Site[] = [conv]) => readRun(memoryRunReader(sampleManifest(sites), plantedEvents()));
  // Unit 0 fires at the upper left alone, unit 1 everywhere alike, unit 2 on too few images.
  const sample = at('conv', 20, { positionFired: counts(80, 50, 0, 0, 50, 0, 0, 50, 0, 0, 50, 1) });

  it('show the most uneven units that fire often enough first, from the upper left', async () => {
    expect(await record().then((run) => positionMaps(run, [sample]))).toMatchObject([
      { unit: 0, values: [[0.8, 0], [0, 0]], least: 0, greatest: 0.8, effectivePositions: 1 }, // prettier-ignore
      { unit: 1, values: [[0.5, 0.5], [0.5, 0.5]], least: 0.5, greatest: 0.5, effectivePositions: 4 }, // prettier-ignore
    ]);
  });

  it('average over squares where a map is large, and say so by its size', async () => {
    const large = { ...conv, units: 1, positions: 6, map: [2, 3] as const };
    const [map] = positionMaps(
      await record([large]),
      [at('conv', 20, { positionFired: counts(10, 20, 30, 40, 50, 60) })],
      {
        maps: 1,
        mapsPerSite: 1,
        side: 2,
      },
    );
    expect(map!.values[0]![0]).toBeCloseTo(0.3, 12);
    expect(map!.values[0]![1]).toBeCloseTo(0.45, 12);
    expect(map).toMatchObject({ map: [2, 3], least: 0.1, greatest: 0.6 });
  });

  it('are fewer than sites where those are many, spread over the depth', async () => {
    const sites = Array.from({ length: 9 }, (_, index) => ({ ...conv, name: `conv${index}`, depth: index + 1 }));
    const samples = sites.map(({ name }) => ({ ...sample, site: name }));
    const maps = positionMaps(await record(sites), samples, { maps: 3, mapsPerSite: 4, side: 16 });
    expect(maps.map(({ site: { name }, unit }) => [name, unit])).toEqual([['conv0', 0], ['conv4', 0], ['conv8', 0]]); // prettier-ignore
  });

  it('are none where positions were not counted, or a record does not tell their shape', async () => {
    expect(positionMaps(await record(), [])).toEqual([]);
    expect(positionMaps(await record([{ ...conv, map: undefined }]), [sample])).toEqual([]);
  });
});
