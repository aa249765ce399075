import { mean, meanInterval, type EstimatedMean } from '@reluctant/core';
import type { FiredBatch } from '../row-answers.js';

/** One layer's mean of Pr[y>0] on both sides, for every seed on the same images. */
export interface SiteAgreement {
  readonly site: string;
  /** Means over seeds. */
  readonly ours: number;
  readonly theirs: number;
  /** Ours less theirs, seed by seed, with Student's 95 % interval over seeds: what remains of it is no chance of training. */
  readonly difference: EstimatedMean;
  /** What so many images leave open of one network: half of the 95 % interval by Student's t over batches, mean over seeds. */
  readonly margin: number;
  /** Share of the seeds in which the sides differ by no more than that. */
  readonly within: number;
}

/** Whether both find the same, as far as so many seeds can tell. */
export function isSame({ difference }: SiteAgreement): boolean {
  return difference.lower <= 0 && difference.upper >= 0;
}

/** What one side has counted on the test images, batch by batch: two batches at least. */
type Counted = readonly FiredBatch[];

/**
 * Compares what fires on both sides, layer by layer.
 * @param seeds what both have counted, seed by seed; two seeds at least
 * @param elements of a unit in a batch, by site: images times positions
 */
export function siteAgreements(
  seeds: readonly { readonly ours: Counted; readonly theirs: Counted }[],
  elements: Readonly<Record<string, number>>,
): readonly SiteAgreement[] {
  return Object.entries(elements).map(([site, count]) => {
    const sharesOf = (counted: Counted) => counted.map((batch) => mean(batch[site]) / count);
    const ours = seeds.map((seed) => sharesOf(seed.ours));
    const theirs = seeds.map((seed) => mean(sharesOf(seed.theirs)));
    const differences = ours.map((shares, seed) => mean(shares) - theirs[seed]);
    const margins = ours.map(marginOf);
    return {
      site,
      ours: mean(ours.map(mean)),
      theirs: mean(theirs),
      difference: meanInterval(differences),
      margin: mean(margins),
      within: mean(differences.map((difference, seed) => Number(Math.abs(difference) <= margins[seed]))),
    };
  });
}

function marginOf(values: readonly number[]): number {
  const { lower, upper } = meanInterval(values);
  return (upper - lower) / 2;
}
