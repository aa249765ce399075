import type { Stepwise } from '../numerics/stepwise.js';
import { criticalOverlapInSteps } from '../theory/death/basin.js';
import type { PlanarWeights } from '../theory/evolution/planar-model.js';
import type { TheoryModel } from '../theory/theory-model.js';
import type { MapOptions } from './map-options.js';
import { course } from './course.js';
import type { StartPlane } from './start-plane.js';

/** The mean field's part of a map. */
export interface MappedMeanField {
  /** Pr[y>0] at the horizon, by row and column. */
  readonly values: readonly (readonly number[])[];
  /** Of the basin of death, in the plane norm-overlap. */
  readonly boundary: readonly (readonly [number, number])[];
  readonly trajectories: readonly { readonly points: readonly (readonly [number, number])[]; readonly dies: boolean }[];
}

/** Of the boundary's overlaps. */
const TOLERANCE = 1e-3;
/** What finding one overlap of the boundary counts, in courses: it solves more of them, but most only in part. */
const COURSES_PER_OVERLAP = 4;

/** How much `mappedMeanField` yields altogether. */
export function mappedTime({ plane, columns, rows, trajectories, horizon }: MapOptions): number {
  const overlaps = plane === 'norm-overlap' ? COURSES_PER_OVERLAP * columns : 0;
  return horizon * (columns * rows + overlaps + trajectories);
}

/**
 * Follows the mean field from all over a plane of first weights. Yields the time that its solutions covered since it last yielded.
 *
 * @param planar the unit in the coordinates of `planarModel`
 */
export function* mappedMeanField(
  planar: TheoryModel,
  plane: StartPlane,
  options: MapOptions,
): Stepwise<MappedMeanField> {
  const { horizon, deadBelow } = options;
  const columns: number[][] = [];
  const boundary: (readonly [number, number])[] = [];
  for (const norm of plane.x.values) {
    const column: number[] = [];
    for (const y of plane.y.values) column.push((yield* course(planar, plane.start(norm, y), horizon)).activation);
    columns.push(column);
    if (options.plane !== 'norm-overlap') continue;
    const criterion = { horizon, below: deadBelow };
    const start = { norm, bias: options.startBias };
    const critical = yield* criticalOverlapInSteps(planar, true, start, criterion, TOLERANCE);
    yield COURSES_PER_OVERLAP * horizon;
    if (Math.abs(critical) < 1) boundary.push([norm, critical]);
  }
  const trajectories: MappedMeanField['trajectories'][number][] = [];
  for (const start of starts(plane, options.trajectories)) {
    const { points, activation } = yield* course(planar, start, horizon);
    trajectories.push({ points: points.map(plane.place), dies: activation < deadBelow });
  }
  // The same colours in every map.
  trajectories.sort((a, b) => Number(a.dies) - Number(b.dies));
  return { values: plane.y.values.map((_, row) => columns.map((column) => column[row])), boundary, trajectories };
}

/** Starts of trajectories all over the plane: columns by turns, rows by the golden ratio, which spreads any number evenly. */
function starts({ x, y, start }: StartPlane, count: number): readonly PlanarWeights[] {
  const between = (values: readonly number[], share: number) =>
    values[0] + share * (values[values.length - 1] - values[0]);
  return Array.from({ length: count }, (_, i) => {
    const row = ((i + 0.5) * 0.6180339887498949) % 1;
    return start(between(x.values, (i + 0.5) / count), between(y.values, 0.04 + 0.92 * row));
  });
}
