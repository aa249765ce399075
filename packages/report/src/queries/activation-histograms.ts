import type { ActivationByDepth } from './activation-by-depth.js';
import type { Site } from './sites.js';

export interface ActivationHistogram {
  readonly site: Site;
  readonly units: number;
  /** Units per bin of equal width over [0, 1]; the last bin includes 1. */
  readonly counts: readonly number[];
  /** Units of the first bin with Pr[y>0] = 0. */
  readonly neverFired: number;
}

/** The distribution of Pr[y>0] over the units of every layer. */
export function activationHistograms(activation: ActivationByDepth, bins = 20): readonly ActivationHistogram[] {
  return activation.layers.map(({ site, pr }) => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of pr) {
      if (value >= 0 && value <= 1) counts[Math.min(bins - 1, Math.floor(value * bins))]! += 1;
    }
    return { site, units: pr.length, counts, neverFired: pr.filter((value) => value === 0).length };
  });
}
