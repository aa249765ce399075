import { positionMapTiles } from '../charts/position-map-tiles.js';
import { renderTiles } from '../html/figure.js';
import { positionMaps } from '../queries/position-maps.js';
import type { RunRecord } from '../queries/run-record.js';
import type { RunSamples } from '../queries/run-samples.js';
import type { Section } from './section.js';

/** Where on the image units fire. Nothing where positions were not counted, or no unit fires often enough. */
export function positionsSection(record: RunRecord, samples: RunSamples, run: string): readonly Section[] {
  const maps = positionMaps(record, samples);
  if (maps.length === 0) return [];
  return [{ id: `${run}.positions`, title: 'Positions', body: renderTiles(positionMapTiles(maps), `${run}.maps`) }];
}
