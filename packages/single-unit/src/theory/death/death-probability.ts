import { betaCdf } from '@reluctant/core';
import { gaussLegendre } from '../../numerics/gauss-legendre.js';
import { complete, type Stepwise } from '../../numerics/stepwise.js';
import type { TheoryModel } from '../theory-model.js';
import { criticalOverlapInSteps, type DeathCriterion } from './basin.js';

/** Initial weights N(0, variance · I), with a fixed bias. */
export interface GaussianStart {
  /** Of one weight: 2/L for He's, 2/(L + 1) for Xavier's, 1/L for LeCun's initialisation. */
  readonly variance: number;
  readonly bias: number;
}

/** Standard deviations of |w|, which has one of about √(variance/2), that are integrated over to either side. */
const RANGE = 6;
const NODES = 16;
/** Of the critical overlap. */
const TOLERANCE = 1e-4;

/**
 * Share of the initialisations from which the mean field, in the limit of small steps, has a unit dead at the horizon. Finite steps
 * add to it. White inputs (mean 0, variance 1) and a bias; L is the number of inputs.
 *
 * For weights whose law is invariant under rotations, the cosine ρ of w and v has the distribution function
 * I_{(1+ρ)/2}((L − 1)/2, (L − 1)/2), and those die with ρ below the critical overlap at their |w|; |w|²/variance is χ²_L.
 *
 * @param hasBias whether the last component of x is the constant 1
 * @throws ReluctantError `CONFIG_INVALID` where inputs are not white, or not of mean 0 and variance 1
 */
export function deathProbability(
  model: TheoryModel,
  hasBias: boolean,
  start: GaussianStart,
  criterion: DeathCriterion,
): number {
  return complete(deathProbabilityInSteps(model, hasBias, start, criterion));
}

/** `deathProbability`, yielding after every step of every flow the share of the work that was done since it last yielded. */
export function* deathProbabilityInSteps(
  model: TheoryModel,
  hasBias: boolean,
  { variance, bias }: GaussianStart,
  criterion: DeathCriterion,
): Stepwise<number> {
  const inputs = model.input.size - (hasBias ? 1 : 0);
  const deviation = Math.sqrt(variance);
  const middle = Math.sqrt(inputs);
  const low = Math.max(0, middle - RANGE * Math.SQRT1_2);
  const high = middle + RANGE * Math.SQRT1_2;
  const { nodes, weights } = gaussLegendre(NODES);
  let total = 0;
  let dead = 0;
  for (const [i, node] of nodes.entries()) {
    const radius = low + ((node + 1) / 2) * (high - low);
    // Over its value at √L, so that it doesn't overflow.
    const logDensity = (inputs - 1) * Math.log(radius / middle) - (radius * radius - inputs) / 2;
    const share = weights[i] * Math.exp(logDensity);
    total += share;
    if (share >= 1e-8) {
      const norm = deviation * radius;
      const critical = yield* criticalOverlapInSteps(model, hasBias, { norm, bias }, criterion, TOLERANCE);
      dead += share * overlapBelow(critical, inputs);
    }
    yield 1 / NODES;
  }
  return dead / total;
}

/** Pr[ρ < overlap] of a direction that is uniform on the sphere in so many dimensions. */
function overlapBelow(overlap: number, inputs: number): number {
  // In one dimension ρ is 1 or −1.
  if (inputs === 1) return overlap <= -1 ? 0 : overlap < 1 ? 0.5 : 1;
  return betaCdf((1 + overlap) / 2, (inputs - 1) / 2, (inputs - 1) / 2);
}
