import type { Simulation } from '@reluctant/core';
import { measuredRows } from './measured-rows.js';
import { exponents, ratesNotes } from './rates-notes.js';
import { ratesOptionsSchema, type RatesOptions } from './rates-options.js';
import { ratesResult } from './rates-result.js';
import { predictedSeries, simulatedSeries } from './rates-series.js';
import { ratesTable } from './rates-table.js';

/** How slowly a unit converges to its optimum, by how often it fires there: time constants by theory, mean field and simulation. */
export const singleUnitRates: Simulation<RatesOptions> = {
  kind: 'single-unit-rates',
  summary: 'How slowly one ReLU unit converges, by how often it fires at its optimum: theory and measurement',
  options: ratesOptionsSchema,

  async simulate(options, { seed, signal, publish }) {
    const rows = await measuredRows(options, { seed, signal, publish });
    const simulated = simulatedSeries(options, rows);
    if (simulated) publish({ type: 'simulation.sampled', series: simulated });
    for (const series of predictedSeries(options, rows)) publish({ type: 'simulation.predicted', series });
    publish({ type: 'simulation.tabulated', table: ratesTable(options, rows) });
    const laws = exponents(options, rows);
    for (const note of ratesNotes(options, rows, laws)) publish({ type: 'simulation.noted', note });
    publish({ type: 'simulation.result', result: ratesResult(options, rows, laws) });
  },
};
