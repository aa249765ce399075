import { mean, participationRatio, type ReluSite, type TapSample, sitesSchema } from '@reluctant/core';
import { z } from 'zod';
import { count } from '../shared/count.js';
import { memorylessProbe, type Measurement, type Surroundings } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';
import { seriesOf, trainingSchema } from '../shared/training-option.js';
import { borderAndInterior } from './border-and-interior.js';

export const positionActivationOptions = z.strictObject({
  sites: sitesSchema,
  training: trainingSchema(false),
});
export type PositionActivationOptions = z.infer<typeof positionActivationOptions>;

/**
 * Where on their maps units fire. Pr[y>0] of a channel at a position is the share of the images on which it fired there; the counts of every
 * unit and position (statistic `positionFired`, which summed over the positions is `fired`) stay in the recorded samples, and the reading
 * sums them up. Only sites with more than one position are watched. The recorded counts are as many as the map has elements, which is why
 * no probe asks for them unless this one is chosen.
 *
 * The border is the outermost row and column on every side, the interior the rest. Zero padding makes the border different: a unit that
 * fires there alone lives on the padding and is dead to the content of the images. Maps with a side below 3 have no interior, and the
 * measures that compare the two are left out.
 *
 * - `silentPositions`: number of positions at which the unit fired on none of the images
 * - `minPr`: least Pr[y>0] at a position
 * - `maxPr`: largest Pr[y>0] at a position
 * - `effectivePositions`: participation ratio (Σp)² / Σp² of Pr[y>0] = p over the positions: all of them where it fires everywhere alike,
 *   1 where it fires at a single one, 0 where it never fired
 * - `borderPr`: Pr[y>0] over the positions of the border
 * - `interiorPr`: Pr[y>0] over the positions of the interior
 * - `borderOnly`: 1 where the unit fired on the border and nowhere in the interior, else 0
 * - layer `positions`: number of positions
 * - layer `silentPositions`: number of positions at which no unit fired on any image
 * - layer `partlySilent`: number of units that fired, but not at every position
 * - layer `borderPr`: mean of `borderPr` over the units
 * - layer `interiorPr`: mean of `interiorPr` over the units
 * - layer `borderOnly`: number of units with `borderOnly` = 1
 *
 * @see Bell & Dean 1970 (participation ratio)
 * @see Islam et al. 2020, arXiv 2001.08248 (what convolutions learn from zero padding)
 */
export const positionActivation = memorylessProbe<PositionActivationOptions>({
  kind: 'position-activation',
  summary: 'Where on their maps units fire: positions that stay silent, spread, and border against interior',
  options: positionActivationOptions,
  at: 'activation',
  statistics: ['positionFired'],
  watches: { what: 'sites whose maps have more than one position', fits: ({ positions }) => positions > 1 },
  series: seriesOf,
  measure: measurePositions,
});

function measurePositions(sample: TapSample, _: PositionActivationOptions, { site }: Surroundings): Measurement {
  const { images } = sample;
  const counts = countsByUnit(statisticOf(sample, 'positionFired'), site);
  const silentPositions = counts.map((ofUnit) => ofUnit.filter((fired) => fired === 0).length);
  const everyPosition = Array.from({ length: site.positions }, (_, position) => position);
  const compared = compareBorder(counts, images, site);
  return {
    units: {
      silentPositions,
      minPr: counts.map((ofUnit) => ofUnit.reduce((least, fired) => Math.min(least, fired)) / images),
      maxPr: counts.map((ofUnit) => ofUnit.reduce((most, fired) => Math.max(most, fired)) / images),
      effectivePositions: counts.map(participationRatio),
      ...compared?.units,
    },
    layer: {
      positions: site.positions,
      silentPositions: everyPosition.filter((position) => counts.every((ofUnit) => ofUnit[position] === 0)).length,
      partlySilent: silentPositions.filter((silent) => silent > 0 && silent < site.positions).length,
      ...compared?.layer,
    },
  };
}

/** [units][positions] */
function countsByUnit(positionFired: Float64Array, { units, positions }: ReluSite): readonly Float64Array[] {
  return Array.from({ length: units }, (_, unit) =>
    Float64Array.from({ length: positions }, (_, position) => positionFired[position * units + unit]),
  );
}

function compareBorder(counts: readonly Float64Array[], images: number, { map }: ReluSite): Measurement | undefined {
  const places = map && borderAndInterior(map);
  if (!places) return undefined;
  const firedAt = (positions: readonly number[]) =>
    counts.map((ofUnit) => positions.reduce((sum, position) => sum + ofUnit[position], 0));
  const border = firedAt(places.border);
  const interior = firedAt(places.interior);
  const borderPr = border.map((fired) => fired / (images * places.border.length));
  const interiorPr = interior.map((fired) => fired / (images * places.interior.length));
  const borderOnly = border.map((fired, unit) => Number(fired > 0 && interior[unit] === 0));
  return {
    units: { borderPr, interiorPr, borderOnly },
    layer: { borderPr: mean(borderPr), interiorPr: mean(interiorPr), borderOnly: count(borderOnly) },
  };
}
