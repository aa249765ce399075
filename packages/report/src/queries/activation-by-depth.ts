import type { TapSeries } from '@reluctant/core';
import { finiteOrNull } from './finite-or-null.js';
import { lastComplete, measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** Pr[y>0] of the units of one site. `null` where the probe did not say. */
export interface LayerActivation {
  readonly site: Site;
  /** Per unit. */
  readonly pr: readonly number[];
  readonly mean: number | null;
  /** Bootstrap interval over images. */
  readonly meanLower: number | null;
  readonly meanUpper: number | null;
  /** Per unit: images × positions. */
  readonly elements: number | null;
  readonly median: number | null;
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Share of the units with Pr[y>0] < 0.5. */
  readonly belowHalf: number | null;
}

export interface ActivationByDepth {
  readonly on: TapSeries;
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  /** Mean over all units of all sites. */
  readonly mean: number;
  /** Of the layers' intervals. */
  readonly confidence: number | null;
  readonly units: number;
  /** From input to output. */
  readonly layers: readonly LayerActivation[];
}

/** Pr[y>0] of every unit at the last measurement of a series; undefined where there is none. */
export function activationByDepth(record: RunRecord, on: TapSeries): ActivationByDepth | undefined {
  const last = lastComplete(measurementsOf(record, 'activation-probability', on));
  if (!last) return undefined;
  const layers = sitesOf(record).flatMap((site) => {
    const reading = last.readings.get(site.name);
    const pr = reading?.units['pr'];
    if (!reading || !pr || pr.length === 0) return [];
    const value = (name: string) => finiteOrNull(reading.layer[name]);
    return [
      {
        site,
        pr,
        mean: value('mean'),
        meanLower: value('meanLower'),
        meanUpper: value('meanUpper'),
        elements: value('elements'),
        median: value('median'),
        lowerQuartile: value('lowerQuartile'),
        upperQuartile: value('upperQuartile'),
        min: value('min'),
        max: value('max'),
        belowHalf: value('belowHalf'),
      },
    ];
  });
  const all = layers.flatMap((layer) => layer.pr);
  if (all.length === 0) return undefined;
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const confidence = finiteOrNull([...last.readings.values()][0]?.layer['confidence']);
  const { step, epoch, images } = last;
  return { on, step, epoch, images, mean, confidence, units: all.length, layers };
}
