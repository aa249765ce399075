/**
 * A copy of a drawing's options in which colours that are custom properties of the page have their values: a canvas knows no
 * custom properties. What `renderItem` gives is treated alike, when it is called. Lists of numbers are not copied.
 */
export function withColours<T>(options: T, resolve: (colour: string) => string): T {
  return copy(options, resolve) as T;
}

function copy(value: unknown, resolve: (colour: string) => string): unknown {
  if (typeof value === 'string') return value.startsWith('var(') ? resolve(value) : value;
  if (Array.isArray(value)) return isData(value) ? value : value.map((item) => copy(item, resolve));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [
      name,
      name === 'renderItem' && typeof item === 'function'
        ? (...values: unknown[]) => copy(item(...values), resolve)
        : copy(item, resolve),
    ]),
  );
}

/** Numbers, or points of numbers. */
function isData(list: readonly unknown[]): boolean {
  const first = list[0];
  return typeof first === 'number' || (Array.isArray(first) && typeof first[0] === 'number');
}
