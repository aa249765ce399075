import type { TapSample } from '../probe/tap.js';

/**
 * How far below its maximum a unit's mean may lie, as a share of the maximum, to count as constant. Engines sum in float32, of which
 * this is what rounding can make over large maps.
 */
export const CONSTANT_TOLERANCE = 1e-4;

/**
 * Per unit: the same output for every input (Shin & Karniadakis 2019, arXiv 1907.09696). A unit that never fired is constant exactly.
 * For any other the mean equals the maximum just where all elements do; sums are rounded, so that within `CONSTANT_TOLERANCE` of it
 * is taken for equal. A unit that varies by less than that, or whose only departures are that rare, is called constant as well.
 * @returns undefined where the sample lacks `fired`, `sum` or `max`
 */
export function isConstant({ values, elements }: TapSample): readonly boolean[] | undefined {
  const { fired, sum, max } = values;
  if (!fired || !sum || !max) return undefined;
  return Array.from(fired, (count, unit) => {
    if (count === 0) return true;
    return count === elements && max[unit] - sum[unit] / elements <= CONSTANT_TOLERANCE * max[unit];
  });
}
