import { betaCdf, betaQuantile } from './beta-distribution.js';

/**
 * The p-quantile of F with `numerator` and `denominator` > 0 degrees of freedom: ν₂·x/(ν₁·(1 − x)) where x is that of Beta(ν₁/2, ν₂/2)
 * (Abramowitz & Stegun 26.6).
 * @param p in [0, 1); otherwise throws ReluctantError `INTERNAL`, or is infinite at 1
 */
export function fQuantile(p: number, numerator: number, denominator: number): number {
  const x = betaQuantile(p, numerator / 2, denominator / 2);
  return (denominator * x) / (numerator * (1 - x));
}

/** Probability that F exceeds `f` ≥ 0, possibly infinite. */
export function fTail(f: number, numerator: number, denominator: number): number {
  return betaCdf(denominator / (denominator + numerator * f), denominator / 2, numerator / 2);
}
