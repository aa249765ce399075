import type { Simulation, SimulationContext } from '@reluctant/core';
import { initializationName } from '../model/initializations.js';
import { unitModel } from '../model/unit-model.js';
import { logGrid } from '../numerics/log-grid.js';
import { curvesOf } from './curves.js';
import { singleUnitOptionsSchema, type SingleUnitOptions } from './options.js';
import { simulate } from './simulate.js';
import { SimulationWorkers } from './simulation-workers.js';

const PROGRESS_MILLISECONDS = 250;

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
    const progress = progressOf(initializations.length * trials * steps, publish);
    const workers = new SimulationWorkers();
    try {
      for (const start of initializations) {
        const group = initializationName(start);
        progress.begin(group);
        const result = await simulate(
          model,
          { start, trials, grid, seed, deadBelow, method, tolerance },
          { signal, workers, onProgress: ({ done }) => progress.publish(done) },
        );
        progress.end(trials * steps);
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

/** Adds groups up and publishes now and then: a run of many minutes shouldn't fill its log with progress. */
function progressOf(total: number, publish: SimulationContext['publish']) {
  const label = 'updates';
  let before = 0;
  let detail = '';
  let published = -Infinity;
  const tell = (done: number) => {
    if (performance.now() - published < PROGRESS_MILLISECONDS) return;
    published = performance.now();
    publish({ type: 'progress', label, done: before + done, total, detail });
  };
  return {
    begin: (group: string) => {
      detail = group;
      tell(0);
    },
    publish: tell,
    end: (updates: number) => {
      before += updates;
    },
    finish: () => publish({ type: 'progress', label, done: before, total }),
  };
}
