import {
  ACTIVATION_LEVELS,
  isGradient,
  STATISTICS,
  type ReluSite,
  type Statistic,
  type TapPoint,
} from '@reluctant/core';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { Device } from '../lowering/device.js';
import { Emission } from '../lowering/emission.js';
import { convertLayout, type Layout } from '../lowering/layout.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { createGraphRunner } from '../runtime/graph-runner.js';
import { blockedDevice } from '../testing/blocked-device.js';
import { emitTap } from './emit-taps.js';
import { readTap } from './read-tap.js';

const site: ReluSite = { name: 'relu', layer: 'relu', depth: 1, kind: 'conv', units: 2, positions: 3, skip: false };

const device = await blockedDevice();
const LEVELS = ACTIVATION_LEVELS.length;

/** @param values [images, units, positions] */
async function tap(
  of: ReluSite,
  at: TapPoint,
  values: ArrayLike<number>,
  dims: readonly number[],
  layout: Layout = 'plain',
  on: Device = device,
  statistics: readonly Statistic[] = STATISTICS.filter((name) => name !== 'exceedances' || !isGradient(at)),
) {
  const builder = new GraphBuilder();
  const emission = new Emission(builder, on, dims[0], 'training', [], new Map());
  const asked = { site: of.name, at, statistics, on: 'training-step' } as const;
  const shape = dims.length === 4 ? [dims[2], dims[3], dims[1]] : [dims[1]];
  const value = convertLayout(emission, builder.input('x', dims), shape, 'plain', layout);
  const emitted = emitTap(emission, asked, 0, of, { tapped: { value, shape, layout } });
  const runner = await createGraphRunner(ort, builder.build(), { threads: 1, spinning: 0 });
  const fetches = Object.fromEntries(runner.outputs.map((name) => [name, null]));
  const results = await runner.run({ x: new ort.Tensor('float32', Float32Array.from(values), dims) }, fetches);
  await runner.release();
  const { values: measured } = readTap(emitted, (name) => results[name].data as Float32Array);
  return Object.fromEntries(Object.entries(measured).map(([name, array]) => [name, Array.from(array)]));
}

describe('taps', () => {
  // Two images of two units at three positions.
  const map = [1, 0, 2, -1, -2, 0, 0, 0, 4, 0, -1, -3];
  const none = new Array<number>(LEVELS).fill(0);

  it('measure signed values over the positions of a map', async () => {
    expect(await tap(site, 'preactivation', map, [2, 2, 1, 3])).toEqual({
      fired: [3, 0],
      imagesFired: [2, 0],
      sum: [7, -7],
      sumAbs: [7, 7],
      sumSquares: [21, 15],
      max: [4, 0],
      positionFired: [1, 0, 0, 0, 2, 0],
      firedPerImage: [2, 1],
      // 1, 2 and 4: above all levels below 1; 2 and 4 above 1, 4 alone above 2, none above 4.
      exceedances: interleaved([3, 3, 3, 3, 3, 3, 3, 3, 2, 1, 0, 0, 0, 0, 0, 0], none),
    });
  });

  it('count what is not zero in gradients', async () => {
    expect(await tap(site, 'gradient', map, [2, 2, 1, 3])).toMatchObject({
      fired: [3, 4],
      imagesFired: [2, 2],
      positionFired: [1, 1, 0, 2, 2, 1],
    });
  });

  it('take Σ|y| of activations, which are not negative, from Σy', async () => {
    const rectified = map.map((y) => Math.max(y, 0));
    expect(await tap(site, 'activation', rectified, [2, 2, 1, 3])).toMatchObject({ sum: [7, 0], sumAbs: [7, 0] });
  });

  it('measure neurons as units with one position', async () => {
    const dense: ReluSite = { ...site, kind: 'dense', units: 3, positions: 1 };
    expect(await tap(dense, 'preactivation', [1, -2, 0, 3, -4, 5], [2, 3])).toEqual({
      fired: [2, 0, 1],
      imagesFired: [2, 0, 1],
      sum: [4, -6, 5],
      sumAbs: [4, 6, 5],
      sumSquares: [10, 20, 25],
      max: [3, -2, 5],
      positionFired: [2, 0, 1],
      firedPerImage: [1, 2],
      exceedances: interleaved(
        [2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0],
        none,
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
      ),
    });
  });

  it('are the same of graphs for graphics processors', async () => {
    const graphics: Device = { provider: 'cuda', threads: 1 };
    for (const at of ['preactivation', 'gradient'] as const) {
      expect(await tap(site, at, map, [2, 2, 1, 3], 'plain', graphics)).toEqual(await tap(site, at, map, [2, 2, 1, 3]));
    }
  });

  it.each([0, 1])('find %i gradients that are not 0 among more than float32 can count', async (some) => {
    const [height, width] = [4096, 4097];
    const large: ReluSite = { ...site, units: 1, positions: height * width };
    const gradients = new Float32Array(height * width);
    gradients.fill(-1, 0, some);
    const counts = await tap(large, 'gradient', gradients, [1, 1, height, width], 'plain', device, [
      'fired',
      'imagesFired',
    ]);
    expect(counts).toEqual({ fired: [some], imagesFired: [some] });
  });

  it('count above levels exactly among more than float32 can count', async () => {
    const [height, width] = [4096, 4097];
    const large: ReluSite = { ...site, units: 1, positions: height * width };
    const values = new Float32Array(height * width).fill(2);
    values.fill(1, 0, 4093);
    const { exceedances } = await tap(large, 'activation', values, [1, 1, height, width], 'plain', device, [
      'exceedances',
    ]);
    const above = (level: number) => height * width * Number(level < 1) + (height * width - 4093) * Number(level === 1);
    expect(exceedances).toEqual(ACTIVATION_LEVELS.map(above));
  });

  it.each(['preactivation', 'activation'] as const)(
    'tell a level from its neighbours in float32, of the %s',
    async (at) => {
      const dense: ReluSite = { ...site, kind: 'dense', units: 3 * LEVELS, positions: 1 };
      // Below a power of two float32's numbers lie half as far apart as above it.
      const values = ACTIVATION_LEVELS.flatMap((level) => [level * (1 - 2 ** -24), level, level * (1 + 2 ** -23)]);
      const { exceedances } = await tap(dense, at, values, [1, 3 * LEVELS], 'plain', device, ['exceedances']);
      expect(exceedances).toEqual(ACTIVATION_LEVELS.flatMap((level) => values.map((value) => Number(value > level))));
    },
  );

  it('count infinity above every level and no negative above any', async () => {
    const dense: ReluSite = { ...site, kind: 'dense', units: 3, positions: 1 };
    const values = [Infinity, -Infinity, -3.4e38];
    const { exceedances } = await tap(dense, 'preactivation', values, [1, 3], 'plain', device, ['exceedances']);
    expect(exceedances).toEqual(interleaved(new Array<number>(LEVELS).fill(1), none, none));
  });

  it.skipIf(device.block === undefined).each([
    ['blocked', 4, 4],
    ['blocked', 3, 5],
    ['positions', 4, 4],
    ['positions', 3, 5],
  ] as const)('are the same of %s maps, %i×%i', async (layout, height, width) => {
    const [images, units, positions] = [3, 2 * device.block!, height * width];
    const wide: ReluSite = { ...site, units, positions };
    const whole = Array.from({ length: images * units * positions }, (_, i) => Math.round(4 * Math.sin(i * i + 1)));
    const dims = [images, units, height, width];
    for (const at of ['preactivation', 'gradient', 'activation'] as const) {
      const values = at === 'activation' ? whole.map((value) => Math.max(value, 0)) : whole;
      expect(rounded(await tap(wide, at, values, dims, layout)), at).toEqual(await tap(wide, at, values, dims));
    }
  });

  it.skipIf(device.block === undefined).each(['blocked', 'positions'] as const)(
    'count exactly where all images together are too many for float32, in %s maps',
    async (layout) => {
      // 3 · 5 positions: as means, counts over so many images would be rounded wrong.
      const [images, units, height, width] = [600, device.block!, 3, 5];
      const size = images * units * height * width;
      const values = Array.from({ length: size }, (_, i): number => (Math.sin(i * i) > 0.3 ? 1 : 0));
      const wide: ReluSite = { ...site, units, positions: height * width };
      const { fired, imagesFired, firedPerImage, exceedances } = await tap(
        wide,
        'activation',
        values,
        [images, units, height, width],
        layout,
      );
      const perImage = (unit: number) =>
        Array.from({ length: images }, (_, image) => {
          const start = (image * units + unit) * height * width;
          return values.slice(start, start + height * width).reduce((sum, value) => sum + value, 0);
        });
      const counted = Array.from({ length: units }, (_, unit) => perImage(unit));
      expect(firedPerImage).toEqual(counted[0].map((_, image) => counted.reduce((sum, one) => sum + one[image], 0)));
      expect(exceedances).toEqual(ACTIVATION_LEVELS.flatMap((level) => fired.map((count) => (level < 1 ? count : 0))));
      fired.forEach((count, unit) => expect(count).toBe(perImage(unit).reduce((sum, value) => sum + value, 0)));
      imagesFired.forEach((count, unit) => expect(count).toBe(perImage(unit).filter((value) => value > 0).length));
    },
  );
});

/** [units][levels] → [levels × units] */
function interleaved(...ofUnits: readonly (readonly number[])[]): number[] {
  return Array.from({ length: LEVELS }, (_, level) => ofUnits.map((counts) => counts[level])).flat();
}

/** Sums that come as means are exact to float32's last digit; these are of integers. */
function rounded(statistics: Record<string, number[]>): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(statistics).map(([name, values]) => {
      const whole = values.map((value) => Math.round(value) + 0);
      expect(values.every((value, i) => Math.abs(value - whole[i]) < 1e-4)).toBe(true);
      return [name, /fired|exceedances/i.test(name) ? values : whole];
    }),
  );
}
