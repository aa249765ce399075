import { recoveredDifference, welchDifference } from '@reluctant/core';
import { activationByDepth, type ActivationByDepth, type LayerActivation } from './activation-by-depth.js';
import type { RunGroup } from './run-groups.js';
import type { Site } from './sites.js';

/** How the layer means of Pr[y>0] of one group of runs differ from those of another, layer by layer. */
export interface LayerDifferences {
  readonly label: string;
  readonly baseline: string;
  readonly runs: number;
  readonly baselineRuns: number;
  /**
   * What the intervals are about. `runs`: both groups have repeated runs, and the interval says what other seeds would have given. `images`:
   * there is one run of each, and the interval says what other images would have given for these two networks.
   */
  readonly over: 'runs' | 'images';
  readonly confidence: number;
  readonly layers: readonly {
    readonly site: Site;
    /** Positive where the group is more active than the baseline. */
    readonly difference: number;
    /** `null` where one of the two has no interval. */
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
}

/** Every other group against the first, at the sites that both have; groups that have none in common with it are left out. */
export function layerDifferences(groups: readonly RunGroup[], confidence = 0.95): readonly LayerDifferences[] {
  const measured = groups
    .map(({ label, runs }) => ({
      label,
      runs: runs.flatMap(({ record }) => activationByDepth(record, 'probe-split') ?? []),
    }))
    .filter(({ runs }) => runs.length > 0);
  const [baseline, ...others] = measured;
  if (!baseline) return [];
  return others.flatMap(({ label, runs }): readonly LayerDifferences[] => {
    const over = runs.length > 1 && baseline.runs.length > 1 ? 'runs' : 'images';
    const layers = baseline.runs[0]!.layers.flatMap(({ site }) => {
      const a = layersAt(baseline.runs, site);
      const b = layersAt(runs, site);
      if (a.length === 0 || b.length === 0) return [];
      if (over === 'runs' && a.length > 1 && b.length > 1) {
        const { mean, lower, upper } = welchDifference(a.map(meanOf), b.map(meanOf), confidence);
        return [{ site, difference: mean, lower, upper }];
      }
      return [{ site, ...overImages(a, b) }];
    });
    if (layers.length === 0) return [];
    const level = over === 'runs' ? confidence : (runs[0]!.confidence ?? confidence);
    const counts = { runs: runs.length, baselineRuns: baseline.runs.length };
    return [{ label, baseline: baseline.label, ...counts, over, confidence: level, layers }];
  });
}

type MeasuredLayer = LayerActivation & { readonly mean: number };

function layersAt(runs: readonly ActivationByDepth[], { name }: Site): readonly MeasuredLayer[] {
  return runs.flatMap(({ layers }) =>
    layers.filter((layer): layer is MeasuredLayer => layer.site.name === name && layer.mean !== null),
  );
}

const meanOf = ({ mean }: MeasuredLayer) => mean;

/** With an interval where there is one run of each, and both have theirs. */
function overImages(a: readonly MeasuredLayer[], b: readonly MeasuredLayer[]) {
  const average = (layers: readonly MeasuredLayer[]) => layers.reduce((sum, { mean }) => sum + mean, 0) / layers.length;
  const [one, other] = [estimateOf(a), estimateOf(b)];
  if (!one || !other) return { difference: average(b) - average(a), lower: null, upper: null };
  const { mean, lower, upper } = recoveredDifference(one, other);
  return { difference: mean, lower, upper };
}

function estimateOf(layers: readonly MeasuredLayer[]) {
  const [{ mean, meanLower, meanUpper }] = layers as readonly [MeasuredLayer];
  if (layers.length !== 1 || meanLower === null || meanUpper === null) return undefined;
  return { mean, lower: meanLower, upper: meanUpper };
}
