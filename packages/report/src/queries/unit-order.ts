import type { UnitActivations } from './unit-activations.js';
import { wardOrder } from './ward-order.js';

/** How the rows of a heat map may be sorted. */
export const UNIT_ORDERS = ['final', 'death', 'cluster', 'unit'] as const;
export type UnitOrder = (typeof UNIT_ORDERS)[number];

type Values = UnitActivations['values'];

/**
 * The units (from 0) in an order, ties by number.
 *
 * - `final`: from the highest last Pr[y>0] to the lowest
 * - `death`: those that are silent at the end by since when, the first to fall silent first; then the others from the
 *   lowest last Pr[y>0] to the highest
 * - `cluster`: the leaves of a hierarchical clustering of the courses (Ward's method)
 * - `unit`: by number
 */
export function orderUnits(values: Values, order: UnitOrder): readonly number[] {
  const units = values.map((_, unit) => unit);
  switch (order) {
    case 'final': {
      const last = values.map(lastOf);
      return units.sort((a, b) => last[b]! - last[a]! || a - b);
    }
    case 'death': {
      const last = values.map(lastOf);
      const silentSince = values.map(firstSilentColumn);
      return units.sort((a, b) => silentSince[a]! - silentSince[b]! || last[a]! - last[b]! || a - b);
    }
    case 'cluster':
      return wardOrder(values.map(withoutGaps));
    case 'unit':
      return units;
  }
}

/** The last value that was measured; −1 where none was. */
function lastOf(course: Values[number]): number {
  return course.findLast((value) => value !== null) ?? -1;
}

/** First column from which on every measured value is 0; the number of columns where the last one is not. */
function firstSilentColumn(course: Values[number]): number {
  const lastFired = course.findLastIndex((value) => value !== null && value > 0);
  return lastOf(course) === 0 ? lastFired + 1 : course.length;
}

/** What was not measured becomes what was measured before it, or else after it. */
function withoutGaps(course: Values[number]): readonly number[] {
  let before = course.find((value) => value !== null) ?? 0;
  return course.map((value) => (before = value ?? before));
}
