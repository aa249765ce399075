import type { Probe, Reading, ReluSite, TapPoint, TapSample } from '@reluctant/core';
import { expectReadings, pytorchFixtures, type FixtureReadings, type FixtureTaps } from '@reluctant/core/testing';
import { describe, expect, it } from 'vitest';
import * as exported from './index.js';
import { outputsOf } from './testing/outputs-of.js';

const map = { kind: 'conv', positions: 30, map: [6, 5] } as const;
const sites: readonly ReluSite[] = [
  { name: 'relu', layer: 'relu', depth: 1, units: 4, skip: false, ...map },
  { name: 'relu2', layer: 'relu2', depth: 2, units: 4, skip: true, ...map },
  { name: 'relu#2', layer: 'relu', depth: 3, kind: 'conv', units: 6, positions: 9, map: [3, 3], skip: false },
  { name: 'relu3', layer: 'relu3', depth: 4, kind: 'dense', units: 16, positions: 1, skip: false },
];

/** Those of whose statistics the fixtures tell: `exceedances` are checked where the engines are, by hand. */
const probes = Object.values(exported).filter(
  (value): value is Probe<never> =>
    typeof value === 'object' && 'readings' in value && value !== exported.activationHistogram,
) as Probe[];

const fixture = pytorchFixtures().find(({ name }) => name === 'every kind of site')!;
const [{ taps, readings }] = fixture.steps;

/** All samples of one batch, as its window holds them. */
function samplesOf(ofSites: FixtureTaps, on: TapSample['on'], images: number): TapSample[] {
  return sites.flatMap(({ name: site, positions }) =>
    Object.entries(ofSites[site]).map(([at, statistics]) => ({
      site,
      at: at as TapPoint,
      on,
      step: 0,
      epoch: 0,
      images,
      elements: images * positions,
      values: Object.fromEntries(Object.entries(statistics).map(([name, values]) => [name, Float64Array.from(values)])),
    })),
  );
}

function readingsOf(samples: readonly TapSample[]): Reading[] {
  return probes.flatMap((probe) => {
    const options = 'training' in probe.options.shape ? { training: true } : {};
    return outputsOf(probe, samples, sites, options).filter((output) => output.type === 'probe.reading');
  });
}

/** The fixture's sums have eight digits, and a deviation that is small beside its mean loses some of them. */
const TOLERANCE = 1e-5;

// Computed by PyTorch from the elements of a network's first training batch, and of its evaluation: see tools/fixtures.
describe('readings from the counters of a fixed batch are what PyTorch has for it', () => {
  it.each<[string, TapSample[], FixtureReadings]>([
    ['training-step', samplesOf(taps!, 'training-step', fixture.batchSizes[0]), readings!],
    ['probe-split', samplesOf(fixture.evaluation.taps, 'probe-split', 5), fixture.evaluation.readings!],
  ])('%s', (_, samples, expected) => {
    expectReadings(readingsOf(samples), expected, TOLERANCE);
  });

  it('of conv, dense, residual and twice-applied ReLUs, of which some units are dead', () => {
    expect(Object.keys(readings!)).toEqual(sites.map(({ name }) => name));
    const { evaluation } = fixture;
    expect(evaluation.readings!.relu3['dead-units'].layer.neverFired).toBeGreaterThan(0);
    expect(readings!.relu3.gradient.layer).toMatchObject({ onlyActivationDead: 0 });
    expect(readings!.relu3.gradient.layer.onlyGradientDead).toBeGreaterThan(0);
  });
});
