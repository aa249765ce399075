import { normalQuantile, type JsonValue } from '@reluctant/core';
import { timeConstant } from '../theory/rates/convergence-rates.js';
import type { MeasuredRow } from './measured-rows.js';
import type { exponents } from './rates-notes.js';
import type { RatesOptions } from './rates-options.js';

/** What `reluctant single-unit rates --json` prints. */
export function ratesResult(
  { stepSize, confidence }: RatesOptions,
  rows: readonly MeasuredRow[],
  laws: ReturnType<typeof exponents>,
): JsonValue {
  const z = normalQuantile((1 + confidence) / 2);
  const { simulated } = laws;
  return {
    p: rows.map(({ probability }) => probability),
    lambda: {
      slow: rows.map(({ rates }) => rates.slow),
      orthogonal: rows.map(({ rates }) => rates.orthogonal),
      fast: rows.map(({ rates }) => rates.fast),
    },
    timeConstant: {
      slow: rows.map(({ rates }) => timeConstant(stepSize, rates.slow)),
      orthogonal: rows.map(({ rates }) => timeConstant(stepSize, rates.orthogonal)),
      fast: rows.map(({ rates }) => timeConstant(stepSize, rates.fast)),
      atStepSize: rows.map(({ atStepSize }) => atStepSize),
    },
    stepSizeBound: rows.map(({ stepSizeBound }) => stepSizeBound),
    measured: {
      meanField: rows.map(({ meanField }) => meanField ?? null),
      simulated: rows.map(({ simulated }) => (simulated ? { ...simulated } : null)),
    },
    exponent: {
      theory: laws.theory.exponent,
      simulated: simulated
        ? {
            value: simulated.exponent,
            lower: simulated.exponent - z * simulated.standardError!,
            upper: simulated.exponent + z * simulated.standardError!,
          }
        : null,
    },
  };
}
