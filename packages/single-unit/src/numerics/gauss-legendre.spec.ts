import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.js';

describe('gaussLegendre', () => {
  it('integrates polynomials up to degree 2n − 1 exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (order, draw) => {
        const degree = draw % (2 * order);
        const { nodes, weights } = gaussLegendre(order);
        const integral = weights.reduce((sum, weight, i) => sum + weight * nodes[i] ** degree, 0);
        expect(Math.abs(integral - (degree % 2 === 0 ? 2 / (degree + 1) : 0))).toBeLessThan(1e-14);
      }),
    );
  });

  it('does not integrate degree 2n exactly', () => {
    const { nodes, weights } = gaussLegendre(3);
    expect(Math.abs(weights.reduce((sum, weight, i) => sum + weight * nodes[i] ** 6, 0) - 2 / 7)).toBeGreaterThan(0.01);
  });
});
