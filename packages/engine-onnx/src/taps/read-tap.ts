import { ACTIVATION_LEVELS, type Statistic, type TapValue } from '@reluctant/core';
import type { EmittedTap, Reduction } from './emit-taps.js';

/** The statistics of a tap from what the graph returned, added up in float64. */
export function readTap(emitted: EmittedTap, fetch: (output: string) => Float32Array): TapValue {
  const { tap, reductions } = emitted;
  const values: Partial<Record<Statistic, Float64Array>> = {};
  for (const [reduction, { output, scale }] of reductions) {
    Object.assign(values, statisticsOf(reduction, fetch(output), scale, emitted));
  }
  // A ReLU's output is never negative: its absolute values are what it is.
  if (tap.at === 'activation' && values.sum) values.sumAbs = values.sum.slice();
  return {
    site: tap.site,
    at: tap.at,
    values: Object.fromEntries(tap.statistics.map((statistic) => [statistic, values[statistic]!])),
  };
}

function statisticsOf(
  reduction: Reduction,
  reduced: Float32Array,
  scale: number,
  { images, units, positions }: EmittedTap,
): Partial<Record<Statistic, Float64Array>> {
  switch (reduction) {
    case 'positionCount':
      return { positionFired: transposed(reduced, units, positions) };
    case 'imageTotal':
      return { firedPerImage: totals(reduced, scale, images) };
    case 'count':
      return { fired: counts(reduced, scale, units) };
    case 'imageCount':
      return { imagesFired: sums(reduced, scale, units) };
    case 'counts': {
      const half = reduced.length / 2;
      return {
        fired: counts(reduced.subarray(0, half), scale, units),
        imagesFired: sums(reduced.subarray(half), 1, units),
      };
    }
    case 'exceedances':
      return { exceedances: countsOfLevels(reduced, scale, units) };
    case 'max':
      return { max: largest(reduced, units) };
    default:
      return { [reduction]: sums(reduced, scale, units) };
  }
}

// Plain loops over [rows, units]: with a function called for every number, reading the taps of a VGG-11 once took longer than
// computing them.

function sums(rows: Float32Array, scale: number, units: number): Float64Array {
  const merged = new Float64Array(units);
  for (let row = 0; row < rows.length; row += units) {
    for (let unit = 0; unit < units; unit++) merged[unit] += rows[row + unit] * scale;
  }
  return merged;
}

/** Counts that come as means in float32 are off by less than one half: rounded, they are exact. */
function counts(rows: Float32Array, scale: number, units: number): Float64Array {
  const merged = new Float64Array(units);
  for (let row = 0; row < rows.length; row += units) {
    for (let unit = 0; unit < units; unit++) merged[unit] += Math.round(rows[row + unit] * scale);
  }
  return merged;
}

/** [levels, rows, units] → [levels, units] */
function countsOfLevels(values: Float32Array, scale: number, units: number): Float64Array {
  const size = values.length / ACTIVATION_LEVELS.length;
  const merged = new Float64Array(ACTIVATION_LEVELS.length * units);
  for (const level of ACTIVATION_LEVELS.keys()) {
    merged.set(counts(values.subarray(level * size, (level + 1) * size), scale, units), level * units);
  }
  return merged;
}

/** Of so many groups of counts, one after the other. */
function totals(values: Float32Array, scale: number, groups: number): Float64Array {
  const size = values.length / groups;
  const merged = new Float64Array(groups);
  for (let group = 0; group < groups; group++) {
    for (let i = group * size; i < (group + 1) * size; i++) merged[group] += Math.round(values[i] * scale);
  }
  return merged;
}

/** NaN where one of them is. */
function largest(rows: Float32Array, units: number): Float64Array {
  const merged = new Float64Array(units).fill(-Infinity);
  for (let row = 0; row < rows.length; row += units) {
    for (let unit = 0; unit < units; unit++) {
      const value = rows[row + unit];
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
