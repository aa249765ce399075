/** What is made of a value, where there is one. */
export function map<T, R>(value: T | null | undefined, of: (value: T) => R): R | undefined {
  return value == null ? undefined : of(value);
}
