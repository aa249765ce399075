/** A quadrature rule on [−1, 1]: ∫ f ≈ Σ weights[i] f(nodes[i]). */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, QuadratureRule>();

/**
 * The Gauss–Legendre rule of `order` nodes on [−1, 1], exact for polynomials up to degree 2 · order − 1: roots of the Legendre
 * polynomial by Newton's method. Rules are kept, so asking again costs nothing.
 *
 * @param order whole number ≥ 1
 */
export function gaussLegendre(order: number): QuadratureRule {
  let rule = rules.get(order);
  if (rule === undefined) rules.set(order, (rule = computeRule(order)));
  return rule;
}

function computeRule(order: number): QuadratureRule {
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
    let slope = 0;
    for (let iteration = 0; iteration < 20; iteration++) {
      const [value, previous] = legendre(order, x);
      slope = (order * (x * value - previous)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    // The middle node of an odd rule is 0, not the rounding error of a cosine.
    nodes[i] = 2 * i + 1 === order ? 0 : x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Legendre's polynomials of degree `order` and `order` − 1 at x, by the three-term recurrence. */
function legendre(order: number, x: number): readonly [number, number] {
  let previous = 1;
  let value = x;
  for (let k = 2; k <= order; k++) [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
  return [value, previous];
}
