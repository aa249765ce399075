/**
 * 0 and then at most `points` whole numbers from 1 to `last`, evenly spaced on a logarithmic scale and increasing; fewer where
 * neighbours round to the same number. `last` is always among them.
 *
 * @param last whole number ≥ 1
 * @param points whole number ≥ 2
 */
export function logGrid(last: number, points: number): number[] {
  const grid = new Set([0]);
  for (let i = 0; i < points; i++) grid.add(Math.round(last ** (i / (points - 1))));
  return [...grid];
}
