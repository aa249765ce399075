import type { SimulationTable } from '@reluctant/core';
import { timeConstant } from '../theory/rates/convergence-rates.js';
import type { MeasuredRow } from './measured-rows.js';
import type { RatesOptions } from './rates-options.js';

/** A row for each probability. */
export function ratesTable({ stepSize }: RatesOptions, rows: readonly MeasuredRow[]): SimulationTable {
  return {
    title: 'Rates near the optimum, and time constants of the slowest mode',
    columns: [
      { label: 'Pr[y>0] of the optimum', kind: 'probability' },
      { label: 'λ−', kind: 'number' },
      { label: 'λ⊥', kind: 'number' },
      { label: 'λ+', kind: 'number' },
      { label: 'theory, small steps', unit: 'updates', kind: 'number' },
      { label: 'theory, this step size', unit: 'updates', kind: 'number' },
      { label: 'mean field', unit: 'updates', kind: 'number' },
      { label: 'simulated', unit: 'updates', kind: 'number' },
    ],
    rows: rows.map(({ probability, rates, atStepSize, meanField, simulated }) => [
      probability,
      rates.slow,
      rates.orthogonal,
      rates.fast,
      timeConstant(stepSize, rates.slow),
      atStepSize,
      meanField ?? NaN,
      simulated ? { value: simulated.value, lower: simulated.lower, upper: simulated.upper } : NaN,
    ]),
    notes: [
      'Time constants are those of the weights; the excess error falls twice as fast. Measured between −30 and −50 dB of the error ' +
        'of a unit that never fires, without noise.',
    ],
  };
}
