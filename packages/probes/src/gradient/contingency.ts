/** How many units have both, one or neither of two flags (0 or 1 each). */
export interface Contingency {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** The 2×2 table of two flags of the same units. */
export function contingency(first: readonly number[], second: readonly number[]): Contingency {
  const table = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  first.forEach((flag, unit) => {
    if (flag) table[second[unit] ? 'both' : 'onlyFirst']++;
    else table[second[unit] ? 'onlySecond' : 'neither']++;
  });
  return table;
}
