import { ReluctantError } from '../errors.js';

/** Relative change at which iterations stop: what rounding leaves of float64. */
const TOLERANCE = 1e-14;
/** Stands for a zero denominator in the continued fraction (Lentz's method as modified by Thompson and Barnett). */
const TINY = 1e-300;

/**
 * I_x(a, b), the regularised incomplete beta function: the distribution function of Beta(a, b) at x. For a, b > 0 and x in
 * [0, 1]; within 1e-10 relative of SciPy's for shapes up to 7e5. By the continued fraction DLMF 8.17.22, which converges fast
 * below (a + 1)/(a + b + 2); above that by I_x(a, b) = 1 − I_{1−x}(b, a).
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  return (weight(x, a, b) * continuedFraction(x, a, b)) / a;
}

/**
 * The x with I_x(a, b) = p, for p in [0, 1]. Newton's iteration, bisecting where a step would leave the bracket.
 * @throws ReluctantError `INTERNAL` for p outside [0, 1]
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new ReluctantError('INTERNAL', `A probability must lie in [0, 1]; got ${p}.`);
  if (p === 0 || p === 1) return p;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  while (high - low > TOLERANCE * high) {
    const excess = betaCdf(x, a, b) - p;
    if (excess === 0) return x;
    if (excess > 0) high = x;
    else low = x;
    const newton = x - (excess * x * (1 - x)) / weight(x, a, b);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= TOLERANCE * x) return next;
    x = next;
  }
  return x;
}

/**
 * x^a·(1 − x)^b / B(a, b). The powers are taken relative to their maximum at x = a/(a + b), and B through Stirling's formula
 * with its remainder, so that nothing large cancels when a and b are large.
 */
function weight(x: number, a: number, b: number): number {
  const sum = a + b;
  const powers = a * Math.log((x * sum) / a) + b * Math.log(((1 - x) * sum) / b);
  const remainder = stirlingRemainder(a) + stirlingRemainder(b) - stirlingRemainder(sum);
  return Math.exp(powers - remainder) * Math.sqrt((a / sum) * (b / (2 * Math.PI)));
}

/** ln Γ(x) − [(x − ½)·ln x − x + ½·ln 2π], by its asymptotic series (DLMF 5.11.1) after raising x to at least 10. */
function stirlingRemainder(x: number): number {
  let raised = 0;
  for (; x < 10; x++) raised += (x + 0.5) * Math.log1p(1 / x) - 1;
  const y = 1 / (x * x);
  const series = 1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))));
  return raised + series / x;
}

/** 1/(1 + d₁/(1 + d₂/(1 + …))) with the coefficients of DLMF 8.17.23. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 0;
  let value = 1;
  let change = 0;
  for (let j = 1; Math.abs(change - 1) > TOLERANCE; j++) {
    const m = j >> 1;
    const numerator = j % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
    const coefficient = (numerator * x) / ((a + j - 1) * (a + j));
    d = 1 / nonZero(1 + coefficient * d);
    c = nonZero(1 + coefficient / c);
    change = c * d;
    value *= change;
  }
  return 1 / value;
}

function nonZero(denominator: number): number {
  return Math.abs(denominator) < TINY ? TINY : denominator;
}
