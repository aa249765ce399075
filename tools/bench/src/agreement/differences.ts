import type { NamedArrays } from '@reluctant/core';
import type { Counters } from '../pytorch/pytorch-session.js';

/** ‖a − b‖ / ‖b‖; 0 for two zero arrays, infinite where only b is zero. */
export function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let index = 0; index < b.length; index++) {
    difference += (a[index] - b[index]) ** 2;
    size += b[index] ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference / size);
}

export interface ArrayDifference {
  /** ‖a − b‖ / ‖b‖. Means nothing for an array that holds rounding errors only, as biases before batch normalisation do. */
  readonly relative: number;
  /** Root mean square of a − b. */
  readonly absolute: number;
}

/** Of every array of `theirs`, by name. */
export function arrayDifferences(ours: NamedArrays, theirs: NamedArrays): Readonly<Record<string, ArrayDifference>> {
  return Object.fromEntries(
    Object.entries(theirs).map(([name, { data }]) => {
      const mine = ours[name].data;
      let squares = 0;
      for (let index = 0; index < data.length; index++) squares += (mine[index] - data[index]) ** 2;
      return [name, { relative: relativeL2(mine, data), absolute: Math.sqrt(squares / data.length) }];
    }),
  );
}

/** Statistics per unit, by statistic. */
export type SiteCounters = readonly {
  readonly site: string;
  readonly values: Readonly<Record<string, ArrayLike<number>>>;
}[];

export interface CounterDifference {
  /** Σ over units of |difference of `fired`|: at least so many elements are positive on one side only. */
  readonly firedFlips: number;
  /** `fired` of PyTorch, all units together. */
  readonly fired: number;
  /** Of the counters that are no counts, the largest relative L2 difference of a site, and whose it is. */
  readonly largest: number;
  readonly largestOf: string;
}

/** @throws where a site or a statistic is missing on their side */
export function counterDifference(ours: SiteCounters, theirs: Counters): CounterDifference {
  let [firedFlips, fired, largest, largestOf] = [0, 0, 0, ''];
  for (const { site, values } of ours) {
    for (const [statistic, mine] of Object.entries(values)) {
      const other = theirs[site][statistic];
      if (statistic === 'fired') {
        fired += other.reduce((sum, count) => sum + count, 0);
        firedFlips += other.reduce((sum, count, unit) => sum + Math.abs(count - mine[unit]), 0);
      } else if (statistic !== 'imagesFired') {
        const difference = relativeL2(mine, other);
        if (difference >= largest) [largest, largestOf] = [difference, `${site} ${statistic}`];
      }
    }
  }
  return { firedFlips, fired, largest, largestOf };
}
