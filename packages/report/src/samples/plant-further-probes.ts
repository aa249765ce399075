import { ACTIVATION_LEVELS, type EventBody, type Reading } from '@reluctant/core';
import type { Site } from '../queries/sites.js';
import type { PlantedMeasurement } from './plant-readings.js';

/** What the probes that are not asked for by default would publish for units with these activation probabilities, and the samples behind them. */
export function plantFurtherProbes({ site, pr, step, epoch, images }: PlantedMeasurement): readonly EventBody[] {
  const base = { site: site.name, on: 'probe-split', step, epoch, images } as const;
  const theory = pr.map((value, unit) => Math.min(1, Math.max(0, value + 0.1 * Math.sin(unit))));
  const deviations = theory.map((value, unit) => Math.abs(value - pr[unit]!));
  const agreed = {
    meanDeviation: deviations.reduce((sum, value) => sum + value, 0) / pr.length,
    largestDeviation: Math.max(...deviations),
  };
  const utility = pr.map((value, unit) => value * 10 ** Math.cos(unit));
  const certifiedDead = pr.map((value, unit) => Number(value === 0 && unit % 2 === 0));
  const readings: readonly Reading[] = [
    { ...base, probe: 'pre-activation', units: { normalPr: theory, pr }, layer: agreed },
    ...(site.skip ? [] : [{ ...base, probe: 'batch-norm-theory', units: { theoryPr: theory, pr }, layer: agreed }]),
    {
      ...base,
      probe: 'utility',
      units: { utility },
      layer: { mean: utility.reduce((sum, value) => sum + value, 0) / pr.length },
    },
    { ...base, probe: 'certified-dead', units: { certifiedDead, upper: pr.map((value) => value - 0.01) }, layer: {} },
    { ...base, probe: 'activation-histogram', units: {}, layer: exponentialTail(pr) },
  ];
  return [...readings.map((reading) => ({ type: 'probe.reading', reading }) as const), tapSample(base, site, pr)];
}

/** What is above 0 is distributed exponentially, with mean 1. */
function exponentialTail(pr: readonly number[]): Readonly<Record<string, number>> {
  const above0 = pr.reduce((sum, value) => sum + value, 0) / pr.length;
  const above = ACTIVATION_LEVELS.map((level) => [`above2^${Math.log2(level)}`, above0 * Math.exp(-level)]);
  return { above0, ...Object.fromEntries(above) };
}

function tapSample(base: Omit<Reading, 'probe' | 'units' | 'layer'>, site: Site, pr: readonly number[]): EventBody {
  const elements = base.images * site.positions;
  const [height, width] = site.map ?? [1, 1];
  const positionFired = Float64Array.from({ length: site.positions * pr.length }, (_, index) => {
    const [position, unit] = [Math.floor(index / pr.length), index % pr.length];
    const [row, column] = [Math.floor(position / width) / height, (position % width) / width];
    return Math.round(base.images * pr[unit]! * (0.5 + 0.5 * Math.sin(unit + 4 * row) * Math.cos(3 * column)));
  });
  const values = {
    fired: Float64Array.from(pr, (value) => Math.round(value * elements)),
    sumAbs: Float64Array.from(pr, (value) => value * elements),
    ...(site.kind === 'conv' && { positionFired }),
  };
  return { type: 'tap.sampled', sample: { ...base, at: 'activation', elements, values } };
}
