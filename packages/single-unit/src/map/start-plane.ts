import type { PlanarWeights } from '../theory/evolution/planar-model.js';
import type { MapOptions } from './map-options.js';

/** A plane of starting weights, with its places. */
export interface StartPlane {
  readonly x: { readonly label: string; readonly values: readonly number[] };
  readonly y: { readonly label: string; readonly values: readonly number[] };
  /** The weights at a place. */
  start(x: number, y: number): PlanarWeights;
  /** The place of weights, of which one coordinate is lost. */
  place(weights: PlanarWeights): readonly [x: number, y: number];
  /** What is the same all over the plane at the start. */
  readonly fixed: string;
}

export function startPlane(options: MapOptions): StartPlane {
  const { smallestNorm, largestNorm, columns, rows, thresholds, startBias, startOverlap } = options;
  const x = { label: '|w|', values: evenly(smallestNorm, largestNorm, columns) };
  if (options.plane === 'norm-overlap') {
    return {
      x,
      y: { label: 'overlap with the teacher', values: evenly(-1, 1, rows) },
      start: (norm, overlap) => ({ norm, overlap, bias: startBias }),
      place: ({ norm, overlap }) => [norm, overlap],
      fixed: `b = ${startBias} at the start`,
    };
  }
  return {
    x,
    y: { label: 'a = b/|w|', values: evenly(thresholds[0], thresholds[1], rows) },
    start: (norm, threshold) => ({ norm, overlap: startOverlap, bias: threshold * norm }),
    place: ({ norm, bias }) => [norm, bias / norm],
    fixed: `an overlap of ${startOverlap} at the start`,
  };
}

function evenly(from: number, to: number, count: number): readonly number[] {
  // Sums of rounded steps would miss the ends.
  return Array.from({ length: count }, (_, i) => (from * (count - 1 - i) + to * i) / (count - 1));
}
