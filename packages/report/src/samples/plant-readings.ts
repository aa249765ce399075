import type { EventBody, Reading, TapSeries } from '@reluctant/core';
import type { Site } from '../queries/sites.js';

export interface PlantedMeasurement {
  readonly site: Site;
  /** Per unit. */
  readonly pr: readonly number[];
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  readonly epsilon?: number;
  readonly on?: TapSeries;
}

/** The readings that the probes would publish for units with these activation probabilities. */
export function plantReadings(planted: PlantedMeasurement): readonly EventBody[] {
  const { site, pr, step, epoch, images, epsilon = 0.01, on = 'probe-split' } = planted;
  const base = { site: site.name, on, step, epoch, images };
  const elements = images * site.positions;
  const neverFired = pr.map((value) => Number(value === 0));
  const nearlyDead = pr.map((value) => Number(value < epsilon));
  const imagesFired = pr.map((value) => Math.min(images, Math.ceil(value * images * 1.5)));
  const dormant = pr.map((value) => Number(value < 0.02));
  const readings: readonly Reading[] = [
    {
      ...base,
      probe: 'activation-probability',
      units: {
        pr,
        prLower: pr.map((value) => 0.9 * value),
        prUpper: pr.map((value) => 0.9 * value + 0.1),
        fired: pr.map((value) => Math.round(value * elements)),
        imagesFired,
      },
      layer: {
        mean: sum(pr) / pr.length,
        meanLower: sum(pr) / pr.length - 0.05,
        meanUpper: sum(pr) / pr.length + 0.05,
        confidence: 0.95,
        median: quantile(pr, 0.5),
        lowerQuartile: quantile(pr, 0.25),
        upperQuartile: quantile(pr, 0.75),
        min: Math.min(...pr),
        max: Math.max(...pr),
        belowHalf: pr.filter((value) => value < 0.5).length / pr.length,
        elements,
      },
    },
    {
      ...base,
      probe: 'dead-units',
      units: {
        neverFired,
        nearlyDead,
        imageFireUpper: imagesFired.map((fired) => (fired === 0 ? 1 - 0.05 ** (1 / images) : fired / images)),
      },
      layer: {
        neverFired: sum(neverFired),
        nearlyDead: sum(nearlyDead),
        units: pr.length,
        epsilon,
        confidence: 0.95,
        neverFiredUpper: 1 - 0.05 ** (1 / images),
      },
    },
    { ...base, probe: 'dormant', units: { score: pr, dormant }, layer: { dormant: sum(dormant), tau: 0.025 } },
    { ...base, probe: 'activation-stats', units: {}, layer: { elementSparsity: 1 - sum(pr) / pr.length } },
    {
      ...base,
      probe: 'unit-lifecycle',
      units: { dead: neverFired },
      layer: { dead: sum(neverFired), alive: pr.length - sum(neverFired) },
    },
  ];
  return readings.map((reading) => ({ type: 'probe.reading', reading }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Linear between order statistics (type 7 of Hyndman & Fan). */
function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}
