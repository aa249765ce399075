import { Random, type Simulation, type SimulationContext } from '@reluctant/core';
import { logGrid } from '../numerics/log-grid.js';
import { initialization, initializationName } from '../model/initializations.js';
import { singleUnitOptionsSchema, type SingleUnitOptions } from './options.js';
import { runTrials } from './run-trials.js';
import { SingleUnit, type UnitModel } from './single-unit.js';
import { teacher, teacherWeights } from './teacher.js';
import { runInTimeSlices } from './time-slices.js';
import { Trajectories } from './trajectories.js';
import { updateRule } from './update-rules.js';

/** Random numbers drawn between two looks at the clock: about half a millisecond. */
const DRAWS_PER_SLICE = 10_000;
const TURN_MILLISECONDS = 50;
const PROGRESS_MILLISECONDS = 250;

/** Trains one ReLU unit many times over and publishes how its weights, error and Pr[y>0] develop. */
export const singleUnitSimulation: Simulation<SingleUnitOptions> = {
  kind: 'single-unit',
  summary:
    'One ReLU unit trained sample by sample against a teacher, over many seeded trials: when it stops firing, and why',
  options: singleUnitOptionsSchema,

  async simulate(options, { seed, signal, publish }) {
    signal?.throwIfAborted();
    const { trials, steps, inputs, deadBelow, confidence } = options;
    const grid = logGrid(steps, options.record);
    const model = unitModel(options);
    const direction = teacherWeights(options.teacher.direction, inputs, 1);
    const groups = options.initializations.map((start) => ({
      name: initializationName(start),
      initialize: initialization(start, direction, options.bias),
    }));
    const slice = Math.ceil(DRAWS_PER_SLICE / (inputs + 1));
    const progress = progressOf(groups.length * trials * steps, publish);

    for (const { name, initialize } of groups) {
      progress.publish(name);
      const unit = (trial: number) => new SingleUnit(model, initialize, new Random(seed, 'single-unit', name, trial));
      const trajectories = new Trajectories(model, { grid, group: name, deadBelow, confidence });
      await runInTimeSlices(runTrials({ trials, grid, unit, slice }, trajectories), {
        milliseconds: TURN_MILLISECONDS,
        signal,
        onValue: progress.add,
        onPause: () => progress.publish(name),
      });
      for (const series of trajectories.series()) publish({ type: 'simulation.sampled', series });
    }
    progress.finish();
  },
};

function unitModel(options: SingleUnitOptions): UnitModel {
  const { kind, direction, norm, bias } = options.teacher;
  return {
    teacher: teacher(kind, teacherWeights(direction, options.inputs, norm), bias),
    rule: updateRule(options.rule, options.leak),
    hasBias: options.bias,
    inputMean: options.inputMean,
    stepSize: options.stepSize,
    noise: options.noise,
  };
}

/** Counts updates and publishes them now and then: a run of many minutes shouldn't fill its log with progress. */
function progressOf(total: number, publish: SimulationContext['publish']) {
  const label = 'updates';
  let done = 0;
  let published = -Infinity;
  return {
    add: (updates: number) => {
      done += updates;
    },
    publish: (detail: string) => {
      if (performance.now() - published < PROGRESS_MILLISECONDS) return;
      published = performance.now();
      publish({ type: 'progress', label, done, total, detail });
    },
    finish: () => publish({ type: 'progress', label, done, total }),
  };
}
