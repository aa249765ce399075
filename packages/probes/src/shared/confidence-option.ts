import { z } from 'zod';

/** Confidence of intervals and bounds. */
export const confidenceSchema = z
  .number()
  .gt(0)
  .lt(1)
  .default(0.95)
  .describe('Confidence of the intervals and bounds, above 0 and below 1');
