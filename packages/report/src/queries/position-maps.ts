import { participationRatio } from '@reluctant/core';
import type { RunRecord } from './run-record.js';
import type { RunSamples } from './run-samples.js';
import { sitesOf, type Site } from './sites.js';

/** Where on its map a unit fires. */
export interface PositionMap {
  readonly site: Site;
  /** From 0. */
  readonly unit: number;
  readonly epoch: number;
  readonly images: number;
  /** [row][column], from the upper left: Pr[y>0] there, over images. Where the map is large, means of squares of positions. */
  readonly values: readonly (readonly number[])[];
  /** Of single positions. */
  readonly least: number;
  readonly greatest: number;
  /** Rows and columns of the map. */
  readonly map: readonly [height: number, width: number];
  /** Participation ratio over the positions: how many a unit that fires at some alike and not at the others would fire at. */
  readonly effectivePositions: number;
}

export interface PositionMapLimits {
  readonly maps: number;
  readonly mapsPerSite: number;
  /** Most cells along a side. */
  readonly side: number;
}

/** Units that hardly ever fire are uneven by chance. */
export const LEAST_PR = 0.01;

/**
 * The most uneven units by site: of those with Pr[y>0] ≥ `LEAST_PR`, the ones with the least effective positions, as the probe
 * `position-activation` recorded them last. Where there are more sites than maps, sites evenly spread over the depth.
 */
export function positionMaps(
  record: RunRecord,
  samples: RunSamples,
  limits: PositionMapLimits = { maps: 24, mapsPerSite: 4, side: 16 },
): readonly PositionMap[] {
  const measured = sitesOf(record).flatMap((site) => {
    const sample = samples.findLast((one) => one.site === site.name && one.values.positionFired);
    return sample && site.map && site.map[0] * site.map[1] > 1 ? [{ site, map: site.map, sample }] : [];
  });
  const perSite = Math.max(1, Math.min(limits.mapsPerSite, Math.floor(limits.maps / measured.length)));
  return evenlySpread(measured, limits.maps).flatMap(({ site, map, sample }) => {
    const { images, epoch, values } = sample;
    const fired = values.positionFired!;
    const positions = map[0] * map[1];
    const units = Array.from({ length: site.units }, (_, unit) => {
      const pr = Array.from({ length: positions }, (_, position) => fired[position * site.units + unit]! / images);
      return {
        unit,
        pr,
        mean: pr.reduce((sum, p) => sum + p, 0) / positions,
        effectivePositions: participationRatio(pr),
      };
    });
    return units
      .filter(({ mean }) => mean >= LEAST_PR)
      .sort((a, b) => a.effectivePositions - b.effectivePositions || a.unit - b.unit)
      .slice(0, perSite)
      .map(({ unit, pr, effectivePositions }) => ({
        site,
        unit,
        epoch,
        images,
        map,
        values: coarse(pr, map, limits.side),
        least: Math.min(...pr),
        greatest: Math.max(...pr),
        effectivePositions,
      }));
  });
}

function evenlySpread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))]!);
}

/** Means over squares that are just large enough. */
function coarse(pr: readonly number[], [height, width]: PositionMap['map'], side: number) {
  const block = Math.ceil(Math.max(height, width) / side);
  return Array.from({ length: Math.ceil(height / block) }, (_, row) =>
    Array.from({ length: Math.ceil(width / block) }, (_, column) => {
      const rows = Math.min(block, height - row * block);
      const columns = Math.min(block, width - column * block);
      let sum = 0;
      for (let y = 0; y < rows; y++) {
        for (let x = 0; x < columns; x++) sum += pr[(row * block + y) * width + column * block + x]!;
      }
      return sum / (rows * columns);
    }),
  );
}
