import { Random, runInTimeSlices, type Simulation } from '@reluctant/core';
import { unitModel } from '../model/unit-model.js';
import { logGrid } from '../numerics/log-grid.js';
import { estimatedTime } from '../simulation/estimated-time.js';
import { initialState } from '../simulation/initial-state.js';
import { OverallProgress } from '../simulation/overall-progress.js';
import { simulate, type SimulationProgress } from '../simulation/simulate.js';
import { agreements } from './comparison.js';
import { evolutionNotes } from './evolution-notes.js';
import { evolutionOptionsSchema, type EvolutionOptions } from './evolution-options.js';
import { evolutionResult } from './evolution-result.js';
import { quantities } from './quantities.js';
import { stepSizeAssumption } from './step-size-assumption.js';
import { theories, type FailedTheory, type TheoryCurves } from './theories.js';

/** How a unit that starts from given weights evolves: the theory's closures over a simulation, and how far each is from it. */
export const singleUnitEvolution: Simulation<EvolutionOptions> = {
  kind: 'single-unit-evolution',
  summary: 'How E[w], Cov[w], Pr[y>0] and the error of one ReLU unit evolve: three theories beside a simulation',
  options: evolutionOptionsSchema,

  async simulate(options, { seed, signal, publish }) {
    const model = unitModel(options);
    const grid = logGrid(options.steps, options.record);
    const trials = { start: options.start, trials: options.trials, grid, seed, deadBelow: options.deadBelow };
    const time = estimatedTime(model, trials);
    // The start draws nothing, so any random numbers do.
    const start = initialState(model, options.start)(new Random());
    const applicable = theories(model, start, grid, options.closures);
    const progress = new OverallProgress(
      publish,
      applicable.reduce((sum, theory) => sum + theory.time, time),
    );

    progress.begin('updates', time);
    const onProgress = ({ done, total }: SimulationProgress) => progress.tell(done / total);
    const result = await simulate(model, trials, { signal, onProgress });
    const curves: TheoryCurves[] = [];
    const failed: FailedTheory[] = [];
    for (const { title, time, compute } of applicable) {
      progress.begin(`theory: ${title}`, time);
      let updates = 0;
      const onValue = (more: number) => progress.tell((updates += more) / options.steps);
      const theory = await runInTimeSlices(compute(), { signal, onValue });
      if ('reason' in theory) failed.push(theory);
      else curves.push(theory);
    }
    progress.finish();
    const { confidence } = options;
    const all = quantities(result, curves, { confidence, hasBias: model.hasBias });
    const agreement = agreements(all, curves);
    const stepSize = stepSizeAssumption(model);
    for (const { simulated, predicted, isShown } of all) {
      if (!isShown) continue;
      publish({ type: 'simulation.sampled', series: simulated });
      for (const { series } of predicted) publish({ type: 'simulation.predicted', series });
    }
    for (const note of evolutionNotes(model, stepSize, agreement, failed, confidence)) {
      publish({ type: 'simulation.noted', note });
    }
    publish({ type: 'simulation.result', result: evolutionResult(result, curves, agreement, stepSize) });
  },
};
