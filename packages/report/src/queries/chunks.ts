/** Splits into at most `count` runs of nearly equal length, in order. */
export function chunks<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  const parts = Math.min(count, items.length);
  const bound = (index: number) => Math.round((index * items.length) / parts);
  return Array.from({ length: parts }, (_, index) => items.slice(bound(index), bound(index + 1)));
}
