import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReluSite } from '../graph/network.js';
import { ACTIVATION_LEVELS, UNIT_STATISTICS, type StatisticValues } from '../probe/statistic.js';
import type { Tap, TapValue } from '../probe/tap.js';
import { TapWindow } from './tap-window.js';

const site: ReluSite = { name: 'relu#2', layer: 'relu', depth: 2, kind: 'conv', units: 2, positions: 3, skip: true };
const tap: Tap = { site: 'relu#2', at: 'activation', on: 'training-step', statistics: UNIT_STATISTICS };
const position = { step: 7, epoch: 0.5 };

/** The statistics of activations [images][positions][units], by their definitions. */
function measure(batch: readonly (readonly (readonly number[])[])[]): TapValue {
  const elements = batch.flat();
  const perUnit = (f: (unit: number) => number) => Float64Array.from({ length: site.units }, (_, unit) => f(unit));
  const total = (f: (y: number) => number) =>
    perUnit((unit) => elements.reduce((sum, element) => sum + f(element[unit]), 0));
  const values: StatisticValues = {
    fired: total((y) => Number(y > 0)),
    imagesFired: perUnit((unit) => batch.filter((image) => image.some((element) => element[unit] > 0)).length),
    sum: total((y) => y),
    sumAbs: total(Math.abs),
    sumSquares: total((y) => y * y),
    max: perUnit((unit) => Math.max(...elements.map((element) => element[unit]))),
    positionFired: Float64Array.from(
      { length: site.positions * site.units },
      (_, i) => batch.filter((image) => image[Math.floor(i / site.units)][i % site.units] > 0).length,
    ),
  };
  return { site: site.name, at: 'activation', values };
}

// Dyadic fractions, so that float64 sums are exact whatever the order.
const dyadic = fc.integer({ min: -64, max: 256 }).map((n) => n / 64);
const exactly = <T>(element: fc.Arbitrary<T>, length: number) =>
  fc.array(element, { minLength: length, maxLength: length });
const image = exactly(exactly(dyadic, site.units), site.positions);
const batches = fc.array(fc.array(image, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

describe('TapWindow', () => {
  it('holds after many batches what one batch of all images gives', () => {
    fc.assert(
      fc.property(batches, (split) => {
        const window = new TapWindow(tap, site);
        for (const batch of split) window.add(measure(batch), batch.length);
        const all = split.flat();
        expect(window.toSample(position)).toEqual({
          ...measure(all),
          ...position,
          on: 'training-step',
          images: all.length,
          elements: all.length * 3,
        });
      }),
    );
  });

  it('goes on from its arrays bit for bit', () => {
    fc.assert(
      fc.property(batches, batches, (before, after) => {
        const window = new TapWindow(tap, site);
        for (const batch of before) window.add(measure(batch), batch.length);
        const resumed = new TapWindow(tap, site);
        resumed.fromArrays({ ...window.toArrays(), other: { shape: [1], data: Float64Array.of(1) } });
        for (const batch of after) {
          window.add(measure(batch), batch.length);
          resumed.add(measure(batch), batch.length);
        }
        expect(resumed.toSample(position)).toEqual(window.toSample(position));
        expect(resumed.toArrays()).toEqual(window.toArrays());
      }),
    );
  });

  it('keeps a number for each image, one batch behind the other', () => {
    const each: Tap = { ...tap, on: 'probe-split', statistics: ['fired', 'firedPerImage'] };
    const window = new TapWindow(each, site);
    const value = (...firedPerImage: number[]): TapValue => ({
      site: site.name,
      at: 'activation',
      values: { fired: Float64Array.of(1, 2), firedPerImage: Float64Array.from(firedPerImage) },
    });
    window.add(value(3, 1, 2), 3);
    const saved = window.toArrays();
    expect(saved['window/probe-split/activation/relu#2/firedPerImage'].shape).toEqual([3]);
    const resumed = new TapWindow(each, site);
    resumed.fromArrays(saved);
    for (const one of [window, resumed]) {
      one.add(value(0, 6), 2);
      expect(one.toSample(position).values).toEqual({
        fired: Float64Array.of(2, 4),
        firedPerImage: Float64Array.of(3, 1, 2, 0, 6),
      });
    }
    expect(() => window.add(value(1, 2, 3), 2)).toThrow('got 3 values of "firedPerImage" instead of 2');
    window.reset();
    expect(window.toSample(position).values.firedPerImage).toEqual(new Float64Array(0));
  });

  it('adds up a count for every level and unit', () => {
    const levels: Tap = { ...tap, on: 'probe-split', statistics: ['exceedances'] };
    const window = new TapWindow(levels, site);
    const counts = Float64Array.from({ length: ACTIVATION_LEVELS.length * site.units }, (_, i) => 40 - i);
    const value = (exceedances: Float64Array): TapValue => ({
      site: site.name,
      at: 'activation',
      values: { exceedances },
    });
    window.add(value(counts), 20);
    const saved = window.toArrays();
    expect(saved['window/probe-split/activation/relu#2/exceedances'].shape).toEqual([16, 2]);
    const resumed = new TapWindow(levels, site);
    resumed.fromArrays(saved);
    for (const one of [window, resumed]) {
      one.add(value(counts), 20);
      expect(one.toSample(position).values).toEqual({ exceedances: counts.map((count) => 2 * count) });
    }
    expect(() => window.add(value(counts.slice(1)), 20)).toThrow('got 31 values of "exceedances" instead of 32');
  });

  it('names its arrays by tap and statistic', () => {
    const arrays = new TapWindow({ ...tap, statistics: ['fired', 'positionFired'] }, site).toArrays();
    expect(Object.entries(arrays).map(([name, { shape }]) => [name, shape])).toEqual([
      ['window/training-step/activation/relu#2/images', [1]],
      ['window/training-step/activation/relu#2/fired', [2]],
      ['window/training-step/activation/relu#2/positionFired', [3, 2]],
    ]);
  });

  it('empties, and its samples are copies', () => {
    const window = new TapWindow({ ...tap, statistics: ['fired', 'max'] }, site);
    const batch = [[[1, -1], [2, 0], [0, 0]]]; // prettier-ignore
    window.add(measure(batch), 1);
    const sample = window.toSample(position);
    expect(window.isEmpty).toBe(false);
    window.reset();
    expect(window.isEmpty).toBe(true);
    expect(sample.values).toEqual({ fired: Float64Array.of(2, 0), max: Float64Array.of(2, 0) });
    expect(window.toSample(position)).toMatchObject({
      images: 0,
      elements: 0,
      values: { fired: Float64Array.of(0, 0), max: Float64Array.of(-Infinity, -Infinity) },
    });
  });

  it('lets NaN through to every sum and to the maximum', () => {
    const window = new TapWindow({ ...tap, statistics: ['sum', 'max'] }, site);
    const value = (number: number): TapValue => ({
      site: site.name,
      at: 'activation',
      values: { sum: Float64Array.of(number, 1), max: Float64Array.of(number, 1) },
    });
    window.add(value(NaN), 1);
    window.add(value(5), 1);
    expect(window.toSample(position).values).toEqual({ sum: Float64Array.of(NaN, 2), max: Float64Array.of(NaN, 1) });
  });

  it('refuses what is not its own and stays as it was', () => {
    const window = new TapWindow({ ...tap, statistics: ['fired', 'max'] }, site);
    const good: TapValue = {
      site: 'relu#2',
      at: 'activation',
      values: { fired: Float64Array.of(1, 2), max: Float64Array.of(1, 2) },
    };
    window.add(good, 2);
    const before = window.toSample(position);
    expect(() => window.add({ ...good, site: 'relu' }, 2)).toThrow('was given the activation of "relu"');
    expect(() => window.add({ ...good, at: 'gradient' }, 2)).toThrow('was given the gradient of "relu#2"');
    expect(() => window.add({ ...good, values: { fired: Float64Array.of(1, 2) } }, 2)).toThrow('got no "max"');
    expect(() => window.add({ ...good, values: { ...good.values, max: Float64Array.of(1) } }, 2)).toThrow(
      'got 1 values of "max" instead of 2',
    );
    expect(() => window.add(good, 0)).toThrow('a batch of 0 images');
    expect(window.toSample(position)).toEqual(before);
    expect(() => new TapWindow(tap, { ...site, name: 'relu' })).toThrow('was given the site "relu"');
  });

  it('refuses incomplete arrays and stays as it was', () => {
    const window = new TapWindow({ ...tap, statistics: ['fired'] }, site);
    const { 'window/training-step/activation/relu#2/fired': fired, ...rest } = window.toArrays();
    const corrupt = expect.objectContaining({ code: 'RUN_CORRUPT' });
    expect(() => window.fromArrays(rest)).toThrow(corrupt);
    const short = { ...fired, data: Float64Array.of(1) };
    expect(() => window.fromArrays({ ...rest, 'window/training-step/activation/relu#2/fired': short })).toThrow(
      'has 1 values instead of 2',
    );
    expect(window.isEmpty).toBe(true);
  });
});
