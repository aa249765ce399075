import { normalCdf } from '../../numerics/normal.js';
import { truncatedNormal } from './truncated-normal.js';

/**
 * Eigenvalues of E[1(s>0) x xᵀ] at an optimum v without a bias, for inputs N(m, I) whose mean m is parallel to v: `along` v, and
 * `orthogonal` to it, where it is Pr[y>0] = Φ(a) itself. A negative `a` = m·v/|v| is a unit that is mostly silent.
 */
export function offsetInputRates(a: number): { readonly along: number; readonly orthogonal: number } {
  const orthogonal = normalCdf(a);
  return { along: orthogonal * truncatedNormal(-a).squaredExcess, orthogonal };
}
