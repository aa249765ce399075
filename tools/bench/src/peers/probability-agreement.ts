import { mean, meanInterval } from '@reluctant/core';
import type { FiredBatch } from '../row-answers.js';

/** One layer's mean of Pr[y>0] on both sides, on the same images. */
export interface SiteAgreement {
  readonly site: string;
  readonly ours: number;
  readonly theirs: number;
  /** What so many images leave open of one network: half of the 95 % interval of ours, by Student's t over batches. */
  readonly margin: number;
  /** Share of its units that differ by no more than images leave open of them. */
  readonly unitsWithin: number;
}

/** Whether the sides differ by no more than images leave open. */
export function isWithin({ ours, theirs, margin }: SiteAgreement): boolean {
  return Math.abs(ours - theirs) <= margin;
}

/**
 * Compares what fires on both sides, layer by layer, and with what images leave open.
 * @param ours of each batch; two at least
 * @param elements of a unit in a batch, by site: images times positions
 */
export function siteAgreements(
  ours: readonly FiredBatch[],
  theirs: readonly FiredBatch[],
  elements: Readonly<Record<string, number>>,
): readonly SiteAgreement[] {
  return Object.entries(elements).map(([site, count]) => {
    const sharesOf = (batches: readonly FiredBatch[], pick: (fired: readonly number[]) => number) =>
      batches.map((batch) => pick(batch[site]) / count);
    const [mine, other] = [sharesOf(ours, mean), sharesOf(theirs, mean)];
    const within = ours[0][site].map((_, unit) => {
      const [a, b] = [ours, theirs].map((side) => sharesOf(side, (fired) => fired[unit]));
      return Math.abs(mean(a) - mean(b)) <= marginOf(a);
    });
    return {
      site,
      ours: mean(mine),
      theirs: mean(other),
      margin: marginOf(mine),
      unitsWithin: mean(within.map(Number)),
    };
  });
}

function marginOf(values: readonly number[]): number {
  const { lower, upper } = meanInterval(values);
  return (upper - lower) / 2;
}
