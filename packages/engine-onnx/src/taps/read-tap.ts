import type { Statistic, TapValue } from '@reluctant/core';
import { reductionOf, type EmittedTap } from './emit-taps.js';

/** The statistics of a tap from what the graph returned, added up over the images in float64. */
export function readTap(emitted: EmittedTap, fetch: (output: string) => Float32Array): TapValue {
  const { tap, units, positions } = emitted;
  const values = Object.fromEntries(
    tap.statistics.map((statistic) => {
      const reduced = fetch(emitted.outputs.get(reductionOf(statistic, tap.at))!);
      return [statistic, statisticOf(statistic, reduced, units, positions)];
    }),
  );
  return { site: tap.site, at: tap.at, values };
}

function statisticOf(statistic: Statistic, reduced: Float32Array, units: number, positions: number): Float64Array {
  switch (statistic) {
    case 'positionFired':
      return transposed(reduced, units, positions);
    case 'imagesFired':
      return overImages(reduced, units, 0, (images, count) => (count > 0 ? images + 1 : images));
    case 'max':
      return overImages(reduced, units, -Infinity, Math.max);
    default:
      return overImages(reduced, units, 0, (sum, value) => sum + value);
  }
}

/** @param perImage [images, units] */
function overImages(
  perImage: Float32Array,
  units: number,
  initial: number,
  merge: (merged: number, value: number) => number,
): Float64Array {
  const merged = new Float64Array(units).fill(initial);
  perImage.forEach((value, i) => (merged[i % units] = merge(merged[i % units], value)));
  return merged;
}

/** [units, positions] → [positions, units] */
function transposed(values: Float32Array, units: number, positions: number): Float64Array {
  return Float64Array.from(
    { length: values.length },
    (_, i) => values[(i % units) * positions + Math.floor(i / units)],
  );
}
