/** Counts or sums per unit divided by the number of elements behind them; NaN where there are none. */
export function perElement(totals: ArrayLike<number>, elements: number): number[] {
  return Array.from(totals, (total) => total / elements);
}

/** Activation probability Pr[y>0] of each unit: elements that fired / elements seen. */
export function activationProbabilities(fired: ArrayLike<number>, elements: number): number[] {
  return perElement(fired, elements);
}

/**
 * Share of zeros among all elements of a layer of ReLUs. Healthy layers have much of it: it says how sparse the activations
 * are, and nothing of any single unit.
 * @param fired per unit: elements with y > 0
 * @param elements per unit
 */
export function elementSparsity(fired: ArrayLike<number>, elements: number): number {
  return 1 - mean(activationProbabilities(fired, elements));
}

/** Arithmetic mean; NaN for nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Standard deviation (of the elements seen: divided by their number) from Σy and Σy². The variance is formed as
 * (rms − |mean|)·(rms + |mean|), which spares the squares' own rounding, and never becomes negative. What the sums have
 * already lost can't come back: a deviation below about 1e-8·|mean| (1e-4·|mean| for sums taken in float32) is not resolved.
 */
export function standardDeviation(sum: number, sumSquares: number, elements: number): number {
  const rms = Math.sqrt(sumSquares / elements);
  const size = Math.abs(sum / elements);
  return Math.sqrt(Math.max(0, (rms - size) * (rms + size)));
}

/**
 * The q-quantile, interpolating linearly between order statistics (type 7 of Hyndman & Fan 1996, the default of R and NumPy).
 * NaN for no values and where any value is NaN.
 * @param q in [0, 1]; 0 is the minimum, 1 the maximum
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  // The numeric sort puts NaN last.
  if (sorted.length === 0 || Number.isNaN(sorted[sorted.length - 1])) return NaN;
  const rank = q * (sorted.length - 1);
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  return below === above ? below : below + (above - below) * (rank - Math.floor(rank));
}

/**
 * (Σx)² / Σx²: how many equal values would be spread like these; 0 where all are 0.
 * @see Bell & Dean 1970
 */
export function participationRatio(values: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    squares += values[i] * values[i];
  }
  return squares === 0 ? 0 : sum ** 2 / squares;
}
