import { gaussLegendre } from '../../numerics/gauss-legendre.js';
import { normalCdf } from '../../numerics/normal.js';

const NODES = 20;

/**
 * Where noise parks a unit: shares of the time that the bias spends between neighbouring `edges`, where errors are independent of
 * the input and of mean 0, the bias alone is trained with small steps, and it is kept between the first and the last edge. The bias
 * diffuses in proportion to Pr[y>0], so it lingers where that is small: the density is proportional to 1/Φ(b/|w|).
 *
 * @param edges of b/|w|, increasing
 */
export function noiseOccupation(edges: readonly number[]): number[] {
  const { nodes, weights } = gaussLegendre(NODES);
  const masses = edges.slice(1).map((high, i) => {
    const low = edges[i];
    const half = (high - low) / 2;
    return nodes.reduce((sum, node, k) => sum + (half * weights[k]) / normalCdf(low + half * (1 + node)), 0);
  });
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}
