import type { Simulation } from '@reluctant/core';
import { initializationName } from '../model/initializations.js';
import { unitModel } from '../model/unit-model.js';
import { logGrid } from '../numerics/log-grid.js';
import { curvesOf } from './curves.js';
import { singleUnitOptionsSchema, type SingleUnitOptions } from './options.js';
import { OverallProgress } from './overall-progress.js';
import { simulate } from './simulate.js';
import { SimulationWorkers } from './simulation-workers.js';

/** Trains one ReLU unit many times over and publishes how its weights, error and Pr[y>0] develop. */
export const singleUnitSimulation: Simulation<SingleUnitOptions> = {
  kind: 'single-unit',
  summary:
    'One ReLU unit trained sample by sample against a teacher, over many seeded trials: when it stops firing, and why',
  options: singleUnitOptionsSchema,

  async simulate(options, { seed, signal, publish }) {
    const { trials, steps, record, method, tolerance, deadBelow, confidence, initializations } = options;
    const model = unitModel(options);
    const grid = logGrid(steps, record);
    const progress = new OverallProgress(publish, initializations.length * trials * steps);
    const workers = new SimulationWorkers();
    try {
      for (const start of initializations) {
        const group = initializationName(start);
        progress.begin('updates', trials * steps, group);
        const result = await simulate(
          model,
          { start, trials, grid, seed, deadBelow, method, tolerance },
          { signal, workers, onProgress: ({ done, total }) => progress.tell(done / total) },
        );
        for (const series of curvesOf(result, model, { group, confidence })) {
          publish({ type: 'simulation.sampled', series });
        }
      }
    } finally {
      await workers.close();
    }
    progress.finish();
  },
};
