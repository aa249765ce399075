import type { ProbeOutput, Reading, ReluSite } from '@reluctant/core';

/** One ReLU site at the latest measurement. Null where the probe that measures it is not among the watcher's. */
export interface WatchedLayer extends ReluSite {
  /** Mean over the units of Pr[y>0]. */
  readonly activationProbability: number | null;
  /** Numbers of units, as `dead-units` and `dormant` define them. */
  readonly neverFired: number | null;
  readonly nearlyDead: number | null;
  readonly dormant: number | null;
  /** Transitions since watching began, as `unit-lifecycle` defines them. */
  readonly bornDead: number | null;
  readonly died: number | null;
  readonly revived: number | null;
}

/** The latest measurement by layer, from input to output. */
export interface WatchReport {
  readonly step: number;
  readonly epoch: number;
  /** Images behind it. */
  readonly images: number;
  /** Nearly dead is Pr[y>0] below this. */
  readonly epsilon: number | null;
  /** A unit that fired on none of the images fires on at most this share of images like them, with `confidence`. */
  readonly neverFiredUpper: number | null;
  readonly confidence: number | null;
  readonly layers: readonly WatchedLayer[];
}

/** @param outputs of one measurement */
export function watchReport(
  outputs: readonly ProbeOutput[],
  sites: readonly ReluSite[],
  measured: Pick<WatchReport, 'step' | 'epoch' | 'images'>,
): WatchReport {
  const readings = outputs.filter((output) => output.type === 'probe.reading');
  const dead = readings.find(({ probe }) => probe === 'dead-units');
  return {
    ...measured,
    epsilon: dead?.layer.epsilon ?? null,
    neverFiredUpper: dead?.layer.neverFiredUpper ?? null,
    confidence: dead?.layer.confidence ?? null,
    layers: sites.map((site) => watchedLayer(site, readings)),
  };
}

function watchedLayer(site: ReluSite, readings: readonly Reading[]): WatchedLayer {
  const measured = (probe: string, measure: string) =>
    readings.find((reading) => reading.site === site.name && reading.probe === probe)?.layer[measure] ?? null;
  return {
    ...site,
    activationProbability: measured('activation-probability', 'mean'),
    neverFired: measured('dead-units', 'neverFired'),
    nearlyDead: measured('dead-units', 'nearlyDead'),
    dormant: measured('dormant', 'dormant'),
    bornDead: measured('unit-lifecycle', 'bornDead'),
    died: measured('unit-lifecycle', 'died'),
    revived: measured('unit-lifecycle', 'revived'),
  };
}
