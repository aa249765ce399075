import type { BornDeadEstimate, MeanShare, Proportion } from './born-dead-estimate.js';
import type { Expectation } from './expectation.js';

/** An expectation beside what was estimated. */
export interface ComparedExpectation extends Expectation {
  readonly share: number;
  /** How far the estimate is outside [lower, upper], in standard errors of both; 0 within. */
  readonly standardErrors: number;
  readonly agrees: boolean;
}

/** Chance alone brings one comparison in sixteen thousand further than this. */
const MOST_STANDARD_ERRORS = 4;

/** Whether the estimate is where it was expected to be, but for chance. */
export function compareWithExpectation(estimate: BornDeadEstimate, expectation: Expectation): ComparedExpectation {
  const estimated = estimatedOf(estimate, expectation);
  const { share } = estimated;
  const { lower, upper } = expectation;
  const nearest = Math.min(upper, Math.max(lower, share));
  const standardErrors =
    share === nearest ? 0 : Math.abs(share - nearest) / standardError(estimated, estimate.draws, nearest, expectation);
  return { ...expectation, share, standardErrors, agrees: standardErrors <= MOST_STANDARD_ERRORS };
}

function estimatedOf(estimate: BornDeadEstimate, { of, layer }: Expectation): Proportion | MeanShare {
  return of === 'deadUnits' ? estimate.layers[layer! - 1].deadUnits : estimate[of];
}

/** Of yes or no by the expected probability; of a mean share by the spread seen, unless none was. */
function standardError(
  estimated: Proportion | MeanShare,
  draws: number,
  expected: number,
  { draws: behind = Infinity }: Expectation,
): number {
  const seen = 'deviation' in estimated ? estimated.deviation : 0;
  const variance = seen > 0 ? seen * seen : expected * (1 - expected);
  return Math.sqrt(variance * (1 / draws + 1 / behind));
}
