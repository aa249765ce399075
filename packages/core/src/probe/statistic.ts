/**
 * The sufficient statistics per unit of a site, over the elements y (units × positions × images) of a
 * batch: every definition of a dead unit derives from them, and merging two windows is addition (`max`: maximum).
 *
 * - `fired`: number of elements with y > 0 (of gradients: ≠ 0)
 * - `imagesFired`: number of images with at least one such element
 * - `sum`, `sumAbs`, `sumSquares`: Σy, Σ|y|, Σy²
 * - `max`: largest element; not defined where one is NaN
 * - `positionFired`: `fired` per position, [positions × units] row-major
 *
 * The three counts are exact, for any batch and maps of any size. float32 holds no odd number beyond 2^24, so an engine adds up further
 * than that in integers or in float64, as windows do (to 2^53, which no run reaches). `positionFired` summed over the positions is
 * `fired`. The sums are as exact as float32 is within a batch; windows add them up in float64.
 */
export const UNIT_STATISTICS = ['fired', 'imagesFired', 'sum', 'sumAbs', 'sumSquares', 'max', 'positionFired'] as const;

/**
 * The levels of `exceedances`, rising: 2^k for k from −8 to 7. Powers of two, since activations of one site span several orders of
 * magnitude, and since float32 and every sum of two levels hold them exactly.
 */
export const ACTIVATION_LEVELS: readonly number[] = Array.from({ length: 16 }, (_, index) => 2 ** (index - 8));

/**
 * The whole vocabulary. `firedPerImage` is of a site instead of a unit: for each image, in the order of the images, the exact number of
 * elements with y > 0 over all units and positions. Merging two windows puts the later one's images behind. It is what a bootstrap over
 * images has to know of a layer's mean, and exists on the probe split only, since its length is that of the window.
 *
 * `exceedances`: for each of `ACTIVATION_LEVELS` and each unit the exact number of elements with y > level, [levels × units] row-major:
 * with `fired`, a histogram. Of activations and pre-activations on the probe split only, since an engine passes over the map once for
 * each level.
 */
export const STATISTICS = [...UNIT_STATISTICS, 'firedPerImage', 'exceedances'] as const;
export type Statistic = (typeof STATISTICS)[number];

/**
 * Arrays of one value per unit ([positions × units] for `positionFired`, [images] for `firedPerImage`, [levels × units] for
 * `exceedances`). Counts are exact integers.
 */
export type StatisticValues = Partial<Record<Statistic, Float64Array>>;
