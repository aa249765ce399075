import {
  normalQuantile,
  type JsonValue,
  type Simulation,
  type SimulationSeries,
  type SimulationTable,
  type TheorySeries,
} from '@reluctant/core';
import { meanSeries } from '../comparison/mean-series.js';
import { timeConstant } from '../theory/rates/convergence-rates.js';
import { powerLaw, type PowerLaw } from './power-law.js';
import { rateRow, type RateRow } from './rate-row.js';
import { ratesOptionsSchema, type RatesOptions } from './rates-options.js';
import { simulatedTimeConstant, type Estimate } from './simulated-rate.js';

const NAME = 'time constant, updates';
const GROUPS = { slow: 'slow, λ−', orthogonal: 'across, λ⊥ = Pr[y>0]', fast: 'fast, λ+' } as const;
/** A simulated course is given this much longer than the mean field's: finite steps are slower. */
const PATIENCE = 1.7;

type Row = RateRow & { readonly simulated?: Estimate };

/** How slowly a unit converges to its optimum, by how often it fires there: time constants by theory, mean field and simulation. */
export const singleUnitRates: Simulation<RatesOptions> = {
  kind: 'single-unit-rates',
  summary: 'How slowly one ReLU unit converges, by how often it fires at its optimum: theory and measurement',
  options: ratesOptionsSchema,

  async simulate(options, { seed, signal, publish }) {
    const theory = [...options.probabilities].sort((a, b) => a - b).map((p) => rateRow(options, p));
    const total = theory.reduce((sum, { steps }) => sum + (steps ?? 0), 0);
    let before = 0;
    const rows: Row[] = [];
    for (const row of theory) {
      const { probability, steps } = row;
      if (steps === undefined || options.trials === 0) {
        rows.push(row);
        continue;
      }
      const onProgress = (share: number) =>
        publish({ type: 'progress', label: 'simulation', done: before + share * steps, total });
      const context = { seed, signal, onProgress };
      const simulated = await simulatedTimeConstant(options, probability, Math.ceil(PATIENCE * steps), context);
      rows.push({ ...row, ...(simulated && { simulated }) });
      before += steps;
    }
    const simulated = simulatedSeries(options, rows);
    if (simulated) publish({ type: 'simulation.sampled', series: simulated });
    for (const series of predictedSeries(options, rows)) publish({ type: 'simulation.predicted', series });
    publish({ type: 'simulation.tabulated', table: tableOf(options, rows) });
    const laws = exponents(options, rows);
    for (const note of notes(options, rows, laws)) publish({ type: 'simulation.noted', note });
    publish({ type: 'simulation.result', result: resultOf(options, rows, laws) });
  },
};

function simulatedSeries({ trials, confidence }: RatesOptions, rows: readonly Row[]): SimulationSeries | undefined {
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

function* predictedSeries({ stepSize }: RatesOptions, rows: readonly Row[]): Generator<TheorySeries, void> {
  const series = (group: keyof typeof GROUPS, theory: string, valueOf: (row: Row) => number): TheorySeries => ({
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

/** Exponents of the slow time constant as a power of Pr[y>0]. No power law holds: they depend on the range. */
function exponents({ stepSize }: RatesOptions, rows: readonly Row[]): { theory: PowerLaw; simulated?: PowerLaw } {
  const estimates = rows.flatMap(({ probability, simulated }) => (simulated ? [{ probability, simulated }] : []));
  return {
    theory: powerLaw(rows.map(({ probability, rates }) => [probability, timeConstant(stepSize, rates.slow)])),
    ...(estimates.length > 1 && {
      simulated: powerLaw(
        estimates.map(({ probability, simulated }) => [probability, simulated.value]),
        estimates.map(({ simulated }) => simulated.standardError / simulated.value),
      ),
    }),
  };
}

function tableOf({ stepSize }: RatesOptions, rows: readonly Row[]): SimulationTable {
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

function notes({ stepSize }: RatesOptions, rows: readonly Row[], { theory, simulated }: ReturnType<typeof exponents>) {
  const format = (value: number) => String(Number(value.toPrecision(3)));
  const information = (text: string) => ({ severity: 'information', text }) as const;
  const stuck = rows.filter(({ meanField }) => meanField === undefined).map(({ probability }) => probability);
  const beyond = rows.filter(({ stepSizeBound }) => stepSize >= stepSizeBound);
  return [
    information(
      `Over this range the slow time constant grows as Pr[y>0] to the power ${format(theory.exponent)} by theory` +
        (simulated ? `, ${format(simulated.exponent)} ± ${format(simulated.standardError!)} as simulated` : '') +
        '. It is no power law: in the plane of w and b it tends to a⁴/p, across it is 1/p exactly.',
    ),
    ...(stuck.length > 0
      ? [information(`From this start the mean field does not come within −50 dB at Pr[y>0] = ${stuck.join(', ')}.`)]
      : []),
    ...beyond.map(({ probability, stepSizeBound }) => ({
      severity: 'warning' as const,
      text: `At Pr[y>0] = ${probability} the step size ${stepSize} is beyond the stability bound ${format(stepSizeBound)}.`,
    })),
    ...rows.flatMap(({ probability, meanField, simulated, stepSizeBound }) => {
      if (meanField === undefined || simulated === undefined) return [];
      if (simulated.lower <= meanField && meanField <= simulated.upper) return [];
      const deviation = Math.abs(meanField - simulated.value) / simulated.standardError;
      return [
        information(
          `At Pr[y>0] = ${probability} the mean field lies outside the simulated band, by ${format(deviation)} standard errors: it ` +
            `is the limit of small steps, and ${stepSize} is ${format((100 * stepSize) / stepSizeBound)} % of the stability ` +
            'bound there. The difference shrinks with the step size.',
        ),
      ];
    }),
  ];
}

function resultOf(
  { stepSize, confidence }: RatesOptions,
  rows: readonly Row[],
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
