/** The same data with its arrays in memory that threads share: a large covariance would be copied for every chunk. */
export function sharedArrays<T>(data: T): T {
  if (data instanceof Float64Array) {
    const copy = new Float64Array(new SharedArrayBuffer(data.byteLength));
    copy.set(data);
    return copy as unknown as T;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, sharedArrays(value)])) as T;
}
