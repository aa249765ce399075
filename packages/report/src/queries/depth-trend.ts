import { theilSen } from '@reluctant/core';
import type { ActivationByDepth } from './activation-by-depth.js';

/** A straight line through the layer means of Pr[y>0]. */
export interface DepthTrend {
  /** Sites at which a skip connection enters, those at which none does, or all of a network that has one kind only. */
  readonly of: 'all' | 'skip' | 'no skip';
  readonly sites: number;
  /** Change of the layer mean from one site to the next. */
  readonly slope: number;
  readonly lower: number;
  readonly upper: number;
  /** Of the interval from `lower` to `upper`. */
  readonly confidence: number;
  /** From the shallowest site to the deepest: the line, and the lines of the interval's slopes through its middle. */
  readonly points: readonly {
    readonly depth: number;
    readonly mean: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}

/** Fewer sites than this make no trend: with four the interval can't have a confidence of 0.95. */
const FEWEST_SITES = 5;

/**
 * How the layer means of Pr[y>0] change with depth, by Theil and Sen's line: one for sites that a skip connection enters and one for the
 * others, where there are enough of a kind. The interval takes the layers' deviations from the line as independent and alike.
 */
export function depthTrends({ layers }: ActivationByDepth, confidence = 0.95): readonly DepthTrend[] {
  const kinds = new Set(layers.map(({ site }) => site.skip));
  const groups = kinds.size < 2 ? (['all'] as const) : (['no skip', 'skip'] as const);
  return groups.flatMap((of) => {
    const places = layers.flatMap(({ site, mean }) =>
      mean === null || (of !== 'all' && site.skip !== (of === 'skip')) ? [] : [{ depth: site.depth, mean }],
    );
    if (places.length < FEWEST_SITES) return [];
    const depths = places.map(({ depth }) => depth);
    const line = theilSen(
      depths,
      places.map(({ mean }) => mean),
      confidence,
    );
    const { lower, upper } = line.interval;
    const [first, last] = [depths[0]!, depths.at(-1)!];
    const middle = (first + last) / 2;
    const at = (slope: number, depth: number) => line.intercept + line.slope * middle + slope * (depth - middle);
    const points = [first, middle, last].map((depth) => {
      const ends = [at(lower, depth), at(upper, depth)];
      return { depth, mean: at(line.slope, depth), lower: Math.min(...ends), upper: Math.max(...ends) };
    });
    return [{ of, sites: places.length, slope: line.slope, lower, upper, confidence, points }];
  });
}
