import { mean, normalQuantile, type Interval } from '@reluctant/core';
import { simulate } from '../simulation/simulate.js';
import { fallTime, SHARES, timeConstantBetween } from './measured-rate.js';
import { BATCHES, type RatesOptions } from './rates-options.js';
import { modelAt, silentError } from './unit-at.js';

/** An estimate with its interval, and its standard error. */
export interface Estimate extends Interval {
  readonly value: number;
  readonly standardError: number;
}

const POINTS = 200;

/** The trials of one batch, of so many updates. */
export function batchTrials({ start, trials }: RatesOptions, steps: number) {
  const grid = [...new Set(Array.from({ length: POINTS + 1 }, (_, i) => Math.round((i * steps) / POINTS)))];
  return { start: { kind: 'fixed' as const, ...start }, trials: Math.ceil(trials / BATCHES), grid };
}

/**
 * The time constant, in updates, at which the mean excess error of simulated trials without noise falls from −30 to −50 dB: from
 * batches of trials, whose spread gives the interval. Undefined where a batch does not get there in `steps` updates.
 */
export async function simulatedTimeConstant(
  options: RatesOptions,
  probability: number,
  steps: number,
  {
    seed,
    signal,
    onProgress,
  }: { readonly seed: number; readonly signal?: AbortSignal; onProgress(share: number): void },
): Promise<Estimate | undefined> {
  const model = modelAt(options, probability);
  const trials = batchTrials(options, steps);
  const silent = silentError(model);
  const values: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const { excessError, k } = await simulate(
      model,
      {
        ...trials,
        // Seeds of batches must differ from each other and from those of the next seed.
        seed: seed * BATCHES + batch,
      },
      { signal, onProgress: ({ done, total }) => onProgress((batch + done / total) / BATCHES) },
    );
    const [early, late] = SHARES.map((share) => fallTime(k, excessError.mean, share * silent));
    if (early === undefined || late === undefined) return undefined;
    values.push(timeConstantBetween([early, late]));
  }
  const value = mean(values);
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (BATCHES - 1);
  const standardError = Math.sqrt(variance / BATCHES);
  const half = normalQuantile((1 + options.confidence) / 2) * standardError;
  return { value, standardError, lower: value - half, upper: value + half };
}
