import { mean } from './moments.js';

/**
 * Score of each unit of a layer: s_i = E|h_i| / (mean_k E|h_k| + 1e-9), so a layer's mean score is 1. A unit is τ-dormant
 * where s_i ≤ τ. Sokar et al. 2023, arXiv 2302.12902, definition 3.1; the constant keeps a silent layer's scores at 0.
 * @param meanAbs E|h_i| per unit
 */
export function dormantScores(meanAbs: ArrayLike<number>): number[] {
  const layer = mean(meanAbs) + 1e-9;
  return Array.from(meanAbs, (value) => value / layer);
}
