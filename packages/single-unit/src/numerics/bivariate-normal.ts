import { gaussLegendre } from './gauss-legendre.js';
import { normalCdf } from './normal.js';

/** Beyond this |ρ|, Plackett's integral over the angle is too steep and the integral from |ρ| to 1 is expanded instead. */
const STRONG_CORRELATION = 0.925;

/** Φ(−40) underflows, so Φ(40) is 1. */
const CERTAIN = 40;

/**
 * Φ₂(a, b; ρ) = Pr[Z₁ < a, Z₂ < b] for standard normal Z₁, Z₂ of correlation ρ. Absolute error below 1e-14, usually 1e-16; far in
 * the lower tail the relative error is larger. Infinite a and b are allowed.
 *
 * Method: Genz, "Numerical computation of rectangular bivariate and trivariate normal and t probabilities", Statistics and
 * Computing 14 (2004): Gauss–Legendre quadrature of Plackett's integral ∂Φ₂/∂ρ = φ₂.
 *
 * @param rho in [−1, 1]
 * @param sine √(1 − ρ²), in [0, 1]. Who knows it from elsewhere (a residual's standard deviation, say) passes it, because
 *   1 − ρ² loses its digits as |ρ| nears 1.
 */
export function bivariateNormalCdf(a: number, b: number, rho: number, sine = Math.sqrt((1 - rho) * (1 + rho))): number {
  if (a < -CERTAIN || b < -CERTAIN) return 0;
  if (a > CERTAIN) return normalCdf(b);
  if (b > CERTAIN) return normalCdf(a);
  if (Math.abs(rho) < STRONG_CORRELATION) return Math.max(0, normalCdf(a) * normalCdf(b) + fromIndependence(a, b, rho));
  return rho > 0
    ? Math.max(0, normalCdf(Math.min(a, b)) - toFullCorrelation(a, b, sine))
    : // Pr[Z₁ < a, Z₂ < b] = Pr[Z₁ < a] − Pr[Z₁ < a, −Z₂ < −b], and −Z₂ is positively correlated with Z₁.
      Math.max(0, interval(-b, a) + toFullCorrelation(a, -b, sine));
}

/** max(0, Φ(upper) − Φ(lower)) from the tail in which both are small. */
function interval(lower: number, upper: number): number {
  if (lower >= upper) return 0;
  return lower > 0 ? normalCdf(-lower) - normalCdf(-upper) : normalCdf(upper) - normalCdf(lower);
}

/** Φ₂(a, b; ρ) − Φ(a)Φ(b): Plackett's integral from correlation 0 to ρ = sin θ. */
function fromIndependence(a: number, b: number, rho: number): number {
  const { nodes, weights } = gaussLegendre(Math.abs(rho) < 0.3 ? 6 : Math.abs(rho) < 0.75 ? 12 : 20);
  const halfSum = (a * a + b * b) / 2;
  const product = a * b;
  const halfAngle = Math.asin(rho) / 2;
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const sin = Math.sin(halfAngle * (nodes[i] + 1));
    sum += weights[i] * Math.exp((sin * product - halfSum) / (1 - sin * sin));
  }
  return (halfAngle * sum) / (2 * Math.PI);
}

/**
 * Φ₂(a, b; 1) − Φ₂(a, b; ρ) for ρ > 0: Plackett's integral from ρ to 1 in the variable x = √(1 − ρ²),
 *
 *     (1/2π) ∫₀^sine exp(−(a − b)²/(2x²)) g(x) dx,   g(x) = exp(−ab/(1 + √(1 − x²)))/√(1 − x²).
 *
 * The first factor has an essential singularity at 0. So g's expansion to x⁴, times that factor, is integrated in closed form,
 * and only the smooth rest by quadrature.
 */
function toFullCorrelation(a: number, b: number, sine: number): number {
  // The difference is at most of the order of the sine; its square would underflow.
  if (sine < 1e-100) return 0;
  const product = a * b;
  const squared = (a - b) ** 2;
  // g(x) ≈ exp(−ab/2) (1 + c x² + c d x⁴)
  const c = (4 - product) / 8;
  const d = (12 - product) / 16;
  const variance = sine * sine;

  const head = Math.exp(-(squared / variance + product) / 2);
  let integral =
    sine * head * (1 - (c * (squared - variance) * (1 - (d * squared) / 5)) / 3 + (c * d * variance ** 2) / 5);
  const distance = Math.abs(a - b);
  const tail = Math.exp(-product / 2) * Math.sqrt(2 * Math.PI) * normalCdf(-distance / sine);
  if (tail > 0) integral -= tail * distance * (1 - (c * squared * (1 - (d * squared) / 5)) / 3);

  const { nodes, weights } = gaussLegendre(20);
  const half = sine / 2;
  for (let i = 0; i < nodes.length; i++) {
    const square = (half * (nodes[i] + 1)) ** 2;
    const weight = Math.exp(-(squared / square + product) / 2);
    if (weight === 0) continue;
    const rho = Math.sqrt(1 - square);
    const rest = Math.exp((-product * square) / (2 * (1 + rho) ** 2)) / rho - (1 + c * square * (1 + d * square));
    integral += half * weights[i] * weight * rest;
  }
  return integral / (2 * Math.PI);
}
