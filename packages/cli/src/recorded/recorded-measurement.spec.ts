import type { Reading, RunManifest, RunReader, TapSample } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { recordedMeasurement } from './recorded-measurement.js';
import { matchingSites, recordedSites } from './recorded-sites.js';
import { recordedThresholds } from './recorded-thresholds.js';

const site = (name: string, layer = name) =>
  ({ name, layer, depth: 1, kind: 'dense', units: 1, positions: 1, skip: false }) as const;
const sites = [site('a'), site('shared'), site('shared#2', 'shared')];

const readerOf = (manifest: Partial<RunManifest>, readings: readonly Partial<Reading>[] = []): RunReader =>
  ({
    summary: { manifest: { id: 'run-1', config: {}, ...manifest } },
    readings: async ({ probe }: { probe?: string }) => readings.filter((reading) => reading.probe === probe),
  }) as unknown as RunReader;
const reader = readerOf({ network: { parameters: 1, sites: [...sites] } });

const sample = (name: string, step: number, more: Partial<TapSample> = {}): TapSample => ({
  site: name,
  at: 'activation',
  on: 'probe-split',
  step,
  epoch: step / 10,
  images: 5,
  elements: 5,
  values: { fired: Float64Array.of(step) },
  ...more,
});
const both = (step: number) => [sample('a', step), sample('shared', step)];

describe('recordedMeasurement', () => {
  it('takes the last that is whole: a run may have been killed between two sites', async () => {
    const samples = [...both(0), ...both(10), sample('a', 20)];
    const last = await recordedMeasurement(reader, samples, sites);
    expect(last).toMatchObject({ step: 10, epoch: 1, images: 5 });
    expect([...last.sites.keys()]).toEqual(['a', 'shared']);
    const asked = await recordedMeasurement(reader, samples, sites, { step: 20 });
    expect([...asked.sites.keys()]).toEqual(['a']);
  });

  it('takes that of an epoch or step, with the training batches and readings up to it', async () => {
    const training = [10, 20].map((step) => sample('a', step, { on: 'training-step' }));
    const readings = [
      { probe: 'gradient', site: 'a' },
      { probe: 'certified-dead', site: 'shared' },
      { probe: 'other' },
    ];
    const manifest = reader.summary.manifest;
    const found = await recordedMeasurement(
      readerOf(manifest, readings),
      [...both(10), ...training, sample('a', 10, { at: 'gradient', on: 'training-step' }), ...both(20)],
      sites,
      { epoch: 1 },
    );
    expect(found.step).toBe(10);
    expect(found.sites.get('a')).toEqual({
      activation: sample('a', 10),
      training: [training[0]],
      readings: [readings[0]],
    });
    expect(found.sites.get('shared')!.readings).toEqual([readings[1]]);
  });

  it('of two samples at one step takes the later', async () => {
    const again = sample('a', 0, { images: 7 });
    expect(await recordedMeasurement(reader, [sample('a', 0), again], sites)).toMatchObject({ images: 7 });
  });

  it('names the measurements that there are, not too many of them', async () => {
    const samples = Array.from({ length: 30 }, (_, index) => sample('a', 10 * index));
    await expect(recordedMeasurement(reader, samples, sites, { epoch: 40 })).rejects.toMatchObject({
      code: 'USAGE',
      message: 'Run run-1 was not measured at epoch 40. Measured at epochs 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …, 29.',
    });
    await expect(recordedMeasurement(reader, both(0), sites, { step: 3 })).rejects.toThrow('Measured at steps 0.');
    const unmeasured = [sample('a', 0, { images: 0 }), sample('a', 10, { on: 'training-step' })];
    await expect(recordedMeasurement(reader, unmeasured, sites)).rejects.toThrow('counted no activations');
  });
});

describe('matchingSites', () => {
  it('takes names of sites and of layers, and forms of them', () => {
    const names = (pattern: string) => matchingSites(reader, pattern).map(({ name }) => name);
    expect(names('shared')).toEqual(['shared', 'shared#2']);
    expect(names('shared#2')).toEqual(['shared#2']);
    expect(names('*')).toEqual(['a', 'shared', 'shared#2']);
    expect(() => names('share')).toThrow('Run run-1 has no ReLU site "share". Did you mean "shared"? Known: a, shared');
  });

  it('refuses a run that trained no network', () => {
    expect(() => recordedSites(readerOf({}))).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('recordedThresholds', () => {
  it("are those of the run's probes, and otherwise the defaults", () => {
    const of = (probes: unknown) => recordedThresholds({ config: { probes } } as unknown as RunManifest);
    expect(of([{ kind: 'dead-units', epsilon: 0.2 }, { kind: 'dormant', tau: 0.1 }])).toEqual({ epsilon: 0.2, tau: 0.1 }); // prettier-ignore
    expect(of(['dead-units', null, { kind: 'dormant', tau: 'x' }])).toEqual({ epsilon: 0.01, tau: 0.025 });
    expect(of(undefined)).toEqual({ epsilon: 0.01, tau: 0.025 });
  });
});
