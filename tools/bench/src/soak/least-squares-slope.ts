/** Of a straight line through points. */
export interface Slope {
  /** Left out for fewer than two different x. */
  readonly slope?: number;
  /** As if the deviations from the line were independent of each other; left out for fewer than three points. */
  readonly standardError?: number;
}

/** The slope of y over x by ordinary least squares. */
export function leastSquaresSlope(points: readonly { readonly x: number; readonly y: number }[]): Slope {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const deviations = points.map(({ x, y }) => ({ x: x - meanX, y: y - meanY }));
  const spread = deviations.reduce((sum, { x }) => sum + x * x, 0);
  if (spread === 0) return {};
  const slope = deviations.reduce((sum, { x, y }) => sum + x * y, 0) / spread;
  if (points.length < 3) return { slope };
  const residuals = deviations.reduce((sum, { x, y }) => sum + (y - slope * x) ** 2, 0);
  return { slope, standardError: Math.sqrt(residuals / (points.length - 2) / spread) };
}
