import { UNIT_STATISTICS, type Reading, type ReluSite, type TapSample } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseSite } from '@reluctant/core/testing';
import { anyLooks, samplesOf } from '../testing/engine-double.js';
import { outputsOf } from '../testing/outputs-of.js';
import { borderAndInterior } from './border-and-interior.js';
import { positionActivation } from './position-activation.js';

const site: ReluSite = {
  name: 'relu',
  layer: 'relu',
  depth: 1,
  kind: 'conv',
  units: 4,
  positions: 9,
  map: [3, 3],
  skip: false,
};

/** @param counts [units][positions] */
function readingOf(counts: readonly (readonly number[])[], images: number, of: ReluSite = site): Reading {
  const sample: TapSample = {
    site: 'relu',
    at: 'activation',
    on: 'probe-split',
    step: 0,
    epoch: 0,
    images,
    elements: images * of.positions,
    values: {
      positionFired: Float64Array.from(counts[0].flatMap((_, position) => counts.map((unit) => unit[position]))),
    },
  };
  return outputsOf(positionActivation, [sample], [of])[0] as unknown as Reading;
}

describe('position-activation', () => {
  // Never; at the centre alone; at two corners; everywhere on half of the images.
  const counts = [
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 3, 0, 0, 0, 0],
    [4, 0, 2, 0, 0, 0, 0, 0, 0],
    [2, 2, 2, 2, 2, 2, 2, 2, 2],
  ];

  it('tells silent positions, extremes, spread, and border against interior', () => {
    const { units, layer } = readingOf(counts, 4);
    expect(units).toEqual({
      silentPositions: [9, 8, 7, 0],
      minPr: [0, 0, 0, 0.5],
      maxPr: [0, 0.75, 1, 0.5],
      effectivePositions: [0, 1, 36 / 20, 9],
      borderPr: [0, 0, 6 / 32, 0.5],
      interiorPr: [0, 0.75, 0, 0.5],
      borderOnly: [0, 0, 1, 0],
    });
    expect(layer).toEqual({
      positions: 9,
      silentPositions: 0,
      partlySilent: 2,
      borderPr: (6 / 32 + 0.5) / 4,
      interiorPr: 1.25 / 4,
      borderOnly: 1,
    });
  });

  it('counts the positions at which no unit fired', () => {
    expect(readingOf(counts.slice(0, 3), 4, { ...site, units: 3 }).layer.silentPositions).toBe(6);
  });

  it.each([
    ['without an interior', { ...site, map: [9, 1] as const }],
    ['of unknown shape', { ...site, map: undefined }],
  ])('says nothing of the border of maps %s', (_, of) => {
    const { units, layer } = readingOf(counts, 4, of);
    expect(Object.keys(units)).toEqual(['silentPositions', 'minPr', 'maxPr', 'effectivePositions']);
    expect(Object.keys(layer)).toEqual(['positions', 'silentPositions', 'partlySilent']);
  });

  it('is as large as maps are', () => {
    const side = 400;
    const large = { ...site, units: 1, positions: side * side, map: [side, side] as const };
    const { units } = readingOf([Array.from({ length: side * side }, () => 1)], 2, large);
    expect(units).toMatchObject({ minPr: [0.5], maxPr: [0.5], effectivePositions: [side * side], borderPr: [0.5] });
  });

  it('agrees with Pr[y>0] over all positions, whatever was seen', () => {
    const maps: readonly ReluSite[] = [site, { ...site, name: 'oblong', units: 2, positions: 12, map: [3, 4] }];
    const everything = maps.map(({ name }) => ({
      site: name,
      at: 'activation' as const,
      on: 'probe-split' as const,
      statistics: UNIT_STATISTICS,
    }));
    fc.assert(
      fc.property(anyLooks(maps, 1), (looks) => {
        const samples = samplesOf(looks, maps, everything);
        const readings = outputsOf(positionActivation, samples, maps) as unknown as Reading[];
        expect(readings).toHaveLength(maps.length);
        for (const [index, { units }] of readings.entries()) {
          const { border, interior } = borderAndInterior(maps[index].map!)!;
          const { images, values } = samples[index];
          values.fired!.forEach((fired, unit) => {
            const counted = images * (units.borderPr[unit] * border.length + units.interiorPr[unit] * interior.length);
            expect(counted).toBeCloseTo(fired, 8);
            expect(units.silentPositions[unit] === maps[index].positions).toBe(fired === 0);
            expect(units.effectivePositions[unit]).toBeLessThanOrEqual(
              maps[index].positions - units.silentPositions[unit] + 1e-9,
            );
          });
        }
      }),
    );
  });

  it('refuses to watch nothing but single positions', () => {
    const taps = () => positionActivation.taps([denseSite(3)], positionActivation.options.parse({}));
    expect(taps).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('"position-activation"') }),
    );
  });

  it('watches training batches too where told to', () => {
    const series = (options: object) =>
      positionActivation.taps([site], positionActivation.options.parse(options)).map(({ on }) => on);
    expect(series({})).toEqual(['probe-split']);
    expect(series({ training: true })).toEqual(['probe-split', 'training-step']);
  });
});

describe('borderAndInterior', () => {
  it('parts the positions: the border is what lies on an outer row or column', () => {
    const side = fc.integer({ min: 3, max: 12 });
    fc.assert(
      fc.property(side, side, (height, width) => {
        const { border, interior } = borderAndInterior([height, width])!;
        expect([...border, ...interior].sort((a, b) => a - b)).toEqual(
          Array.from({ length: height * width }, (_, position) => position),
        );
        expect(interior).toHaveLength((height - 2) * (width - 2));
        for (const position of border) {
          const [row, column] = [Math.floor(position / width), position % width];
          expect(Math.min(row, column, height - 1 - row, width - 1 - column)).toBe(0);
        }
      }),
    );
  });

  it.each([
    [2, 5],
    [5, 2],
    [1, 1],
  ])('finds no interior in %i×%i', (height, width) => {
    expect(borderAndInterior([height, width])).toBeUndefined();
  });
});
