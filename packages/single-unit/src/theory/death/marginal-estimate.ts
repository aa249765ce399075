import { normalQuantile } from '@reluctant/core';
import { normalCdf } from '../../numerics/normal.js';
import type { EvolutionPoint } from '../evolution/trained-unit.js';

/**
 * An estimate of the share of trials with Pr[y>0] < `below` after so many updates, as if the threshold a were normal:
 * Φ((Φ⁻¹(below) − mean a)/deviation of a). Within about 0.05 for a cubature that holds; of no use for rare deaths, nor for the
 * share that ever was below.
 *
 * @param below in (0, 1)
 */
export function marginalDeathEstimate({ threshold }: Pick<EvolutionPoint, 'threshold'>, below: number): number {
  const distance = normalQuantile(below) - threshold.mean;
  if (threshold.deviation === 0) return distance > 0 ? 1 : 0;
  return normalCdf(distance / threshold.deviation);
}
