import type { JsonValue } from '@reluctant/core';
import { z } from 'zod';
import type { SlowingDown } from '../findings.js';
import { belowZero } from './below-zero.js';
import { readPublished } from './read-published.js';

const measured = z.object({ value: z.number(), lower: z.number(), upper: z.number() }).nullable();

/** The part of what `single-unit rates --json` prints that is told here. */
const ratesSchema = z.object({
  p: z.array(z.number()),
  timeConstant: z.object({ atStepSize: z.array(z.number()) }),
  measured: z.object({ simulated: z.array(measured) }),
  exponent: z.object({ theory: z.number(), simulated: measured }),
});

/**
 * F5: the power of Pr[y>0] at the optimum as which the time constant of the slowest direction goes. It holds where the simulated exponent's interval
 * lies below 0, and does not where it lies above.
 * @throws `RUN_CORRUPT` where the result is not one of rates
 */
export function slowingDown(rates: JsonValue | null): SlowingDown | null {
  if (rates === null) return null;
  const { p, timeConstant, measured, exponent } = readPublished(ratesSchema, rates, 'rates');
  return {
    theory: exponent.theory,
    simulated: exponent.simulated,
    rows: p.map((probability, index) => ({
      probability,
      theory: timeConstant.atStepSize[index]!,
      simulated: measured.simulated[index] ?? null,
    })),
    verdict: belowZero(exponent.simulated),
  };
}
