import type { Statistic, TapValue } from '@reluctant/core';
import { reductionOf, type EmittedTap } from './emit-taps.js';

/** The statistics of a tap from what the graph returned, added up over the images in float64. */
export function readTap(emitted: EmittedTap, fetch: (output: string) => Float32Array): TapValue {
  const { tap, units, positions } = emitted;
  const values = Object.fromEntries(
    tap.statistics.map((statistic) => {
      const { output, scale } = emitted.reductions.get(reductionOf(statistic, tap.at))!;
      return [statistic, statisticOf(statistic, { reduced: fetch(output), scale }, units, positions)];
    }),
  );
  return { site: tap.site, at: tap.at, values };
}

function statisticOf(
  statistic: Statistic,
  { reduced, scale }: { reduced: Float32Array; scale: number },
  units: number,
  positions: number,
): Float64Array {
  switch (statistic) {
    case 'positionFired':
      return transposed(reduced, units, positions);
    case 'imagesFired':
      return imagesAbove0(reduced, units);
    case 'max':
      return largest(reduced, units);
    case 'fired':
      return counts(reduced, scale, units);
    default:
      return sums(reduced, scale, units);
  }
}

// One plain loop each, over [images, units]: with a function called for every number, reading the taps of a VGG-11 took longer than
// computing them.

function sums(perImage: Float32Array, scale: number, units: number): Float64Array {
  const merged = new Float64Array(units);
  for (let row = 0; row < perImage.length; row += units) {
    for (let unit = 0; unit < units; unit++) merged[unit] += perImage[row + unit] * scale;
  }
  return merged;
}

/** A count that comes as a mean in float32 is off by less than one half, so that rounding makes it exact. */
function counts(perImage: Float32Array, scale: number, units: number): Float64Array {
  const merged = new Float64Array(units);
  for (let row = 0; row < perImage.length; row += units) {
    for (let unit = 0; unit < units; unit++) merged[unit] += Math.round(perImage[row + unit] * scale);
  }
  return merged;
}

function imagesAbove0(perImage: Float32Array, units: number): Float64Array {
  const merged = new Float64Array(units);
  for (let row = 0; row < perImage.length; row += units) {
    for (let unit = 0; unit < units; unit++) if (perImage[row + unit] > 0) merged[unit]++;
  }
  return merged;
}

/** NaN where one of them is. */
function largest(perImage: Float32Array, units: number): Float64Array {
  const merged = new Float64Array(units).fill(-Infinity);
  for (let row = 0; row < perImage.length; row += units) {
    for (let unit = 0; unit < units; unit++) {
      const value = perImage[row + unit];
      if (value > merged[unit] || Number.isNaN(value)) merged[unit] = value;
    }
  }
  return merged;
}

/** [units, positions] → [positions, units] */
function transposed(values: Float32Array, units: number, positions: number): Float64Array {
  return Float64Array.from(
    { length: values.length },
    (_, i) => values[(i % units) * positions + Math.floor(i / units)],
  );
}
