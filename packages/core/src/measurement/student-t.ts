import { ReluctantError } from '../errors.js';
import { betaQuantile } from './beta-distribution.js';

/**
 * The p-quantile of Student's t distribution with `degrees` > 0 degrees of freedom, not necessarily whole: t² = ν·(1 − x)/x where x
 * is the 2·min(p, 1 − p)-quantile of Beta(ν/2, ½) (DLMF 8.17, Abramowitz & Stegun 26.7.1).
 * @throws ReluctantError `INTERNAL` for p outside (0, 1)
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new ReluctantError('INTERNAL', `A quantile of t needs 0 < p < 1; got ${p}.`);
  if (p === 0.5) return 0;
  const x = betaQuantile(2 * Math.min(p, 1 - p), degrees / 2, 0.5);
  return Math.sign(p - 0.5) * Math.sqrt((degrees * (1 - x)) / x);
}
