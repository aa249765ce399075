import type { SimulationSeries, TheorySeries } from '@reluctant/core';
import { meanSeries } from '../comparison/mean-series.js';
import { timeConstant } from '../theory/rates/convergence-rates.js';
import type { MeasuredRow } from './measured-rows.js';
import type { RatesOptions } from './rates-options.js';

const NAME = 'time constant, updates';
const GROUPS = { slow: 'slow, λ−', orthogonal: 'across, λ⊥ = Pr[y>0]', fast: 'fast, λ+' } as const;

/** The simulated slow time constants with their bands; undefined where none was measured. */
export function simulatedSeries(
  { trials, confidence }: RatesOptions,
  rows: readonly MeasuredRow[],
): SimulationSeries | undefined {
  const estimates = rows.flatMap(({ probability, simulated }) => (simulated ? [{ probability, simulated }] : []));
  if (estimates.length === 0) return undefined;
  return meanSeries(
    NAME,
    {
      mean: estimates.map(({ simulated }) => simulated.value),
      standardError: estimates.map(({ simulated }) => simulated.standardError),
    },
    {
      group: GROUPS.slow,
      axis: { label: 'Pr[y>0] of the optimum', values: estimates.map(({ probability }) => probability) },
      trials,
      confidence,
      of: 'the mean over batches, −30 to −50 dB',
    },
  );
}

/** What theory says of all three. */
export function* predictedSeries(
  { stepSize }: RatesOptions,
  rows: readonly MeasuredRow[],
): Generator<TheorySeries, void> {
  const series = (group: keyof typeof GROUPS, theory: string, valueOf: (row: MeasuredRow) => number): TheorySeries => ({
    name: NAME,
    group: GROUPS[group],
    theory,
    axis: { label: 'Pr[y>0] of the optimum', values: rows.map(({ probability }) => probability) },
    values: rows.map(valueOf),
  });
  for (const group of Object.keys(GROUPS) as (keyof typeof GROUPS)[]) {
    yield series(group, 'small steps, 1/(μλ)', ({ rates }) => timeConstant(stepSize, rates[group]));
  }
  yield series('slow', 'mean square at this step size', ({ atStepSize }) => atStepSize);
  yield series('slow', 'mean field, −30 to −50 dB', ({ meanField }) => meanField ?? NaN);
}
