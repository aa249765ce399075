import { foreignCores, readLoad, type LoadInstant } from './foreign-load.js';

export interface Attempt<T> {
  readonly result: T;
  /** Cores that others kept busy meanwhile, on average; `undefined` where the system does not tell. */
  readonly foreignCores: number | undefined;
  /** Whether that is more than was tolerated: the numbers are then a hint and no measurement. */
  readonly noisy: boolean;
  /** How often it was tried. */
  readonly attempts: number;
}

export interface QuietOptions {
  /** Foreign load that is tolerated, in cores. */
  readonly tolerance: number;
  /** At least 1. */
  readonly maxAttempts: number;
  readonly load?: () => LoadInstant;
}

/** Measures again while others disturb, and keeps the attempt that was disturbed least, with a flag where that was too much. */
export async function quietestAttempt<T>(
  measure: () => Promise<T>,
  { tolerance, maxAttempts, load = () => readLoad() }: QuietOptions,
): Promise<Attempt<T>> {
  let best: { readonly result: T; readonly foreign: number | undefined } | undefined;
  let attempts = 0;
  do {
    const start = load();
    const result = await measure();
    const foreign = foreignCores(start, load());
    attempts++;
    if (best === undefined || (foreign ?? 0) < (best.foreign ?? 0)) best = { result, foreign };
  } while ((best.foreign ?? 0) > tolerance && attempts < maxAttempts);
  return { result: best.result, foreignCores: best.foreign, noisy: (best.foreign ?? 0) > tolerance, attempts };
}
