import {
  runInTimeSlices,
  type Simulation,
  type SimulationContext,
  type SimulationSeries,
  type SimulationTable,
  type TheorySeries,
} from '@reluctant/core';
import { percent } from '../comparison/wording.js';
import { shareSeries } from '../comparison/share-series.js';
import { initializationName } from '../model/initializations.js';
import { OverallProgress } from '../simulation/overall-progress.js';
import { deathOptionsSchema, type DeathOptions } from './death-options.js';
import { cellTime, combinations, deathCell, type DeathCell } from './death-study.js';
import { initializationNotes } from './initialization-notes.js';
import { meanFieldDeath } from './mean-field-death.js';

/** How probable it is that a unit stops firing, by step size, number of inputs, noise and initialisation. */
export const singleUnitDeath: Simulation<DeathOptions> = {
  kind: 'single-unit-death',
  summary: 'How probable it is that one ReLU unit stops firing, by step size, size, noise and initialisation',
  options: deathOptionsSchema,

  async simulate(options, context) {
    const { publish } = context;
    const { cells, theory } = await study(options, context);
    for (const inputs of options.inputCounts) {
      for (const noise of options.noises) {
        const name = `share dead at the end, L = ${inputs}, σ = ${noise}`;
        for (const start of options.initializations) {
          const group = initializationName(start);
          const own = cells.filter(
            (cell) => cell.inputs === inputs && cell.noise === noise && cell.initialization === group,
          );
          publish({ type: 'simulation.sampled', series: curveOf(options, name, group, own) });
          const probability = theory.get(keyOf(inputs, group));
          if (probability !== undefined) {
            publish({ type: 'simulation.predicted', series: lineOf(name, group, own, probability) });
          }
        }
      }
    }
    publish({ type: 'simulation.tabulated', table: tableOf(options, cells) });
    for (const note of initializationNotes(options, cells, theory.size > 0))
      publish({ type: 'simulation.noted', note });
    publish({
      type: 'simulation.result',
      result: {
        deadBelow: options.deadBelow,
        trials: options.trials,
        confidence: options.confidence,
        cells: cells.map(({ start: _, dead, ever, ...cell }) => ({
          ...cell,
          dead: { ...dead },
          ever: { ...ever },
          meanField: theory.get(keyOf(cell.inputs, cell.initialization)) ?? null,
        })),
      },
    });
  },
};

/** About how many nanoseconds the mean field takes to a probability of death: some hundred solutions, each of a few milliseconds. */
const MEAN_FIELD_TIME = 1e9;

/** The cells of the table, and the mean field's probabilities by number of inputs and initialisation. */
async function study(options: DeathOptions, { seed, signal, publish }: SimulationContext) {
  const all = combinations(options).map((combination) => ({ combination, time: cellTime(options, combination) }));
  const fields = meanFields(options);
  const total = all.reduce((sum, { time }) => sum + time, fields.length * MEAN_FIELD_TIME);
  const progress = new OverallProgress(publish, total);
  const onProgress = (share: number) => progress.tell(share);
  const cells: DeathCell[] = [];
  for (const { combination, time } of all) {
    progress.begin('updates', time);
    cells.push(await deathCell(options, combination, { seed, signal, onProgress }));
  }
  const theory = new Map<string, number>();
  for (const { key, compute } of fields) {
    progress.begin('theory: mean field', MEAN_FIELD_TIME);
    let share = 0;
    const onValue = (more: number) => progress.tell((share += more));
    const probability = await runInTimeSlices(compute(), { signal, onValue });
    if (probability !== undefined) theory.set(key, probability);
  }
  progress.finish();
  return { cells, theory };
}

/** With a fixed number of updates there is no common horizon, so nothing to compare. */
function meanFields(options: DeathOptions) {
  if (options.steps !== undefined) return [];
  return options.inputCounts.flatMap((inputs) =>
    options.initializations.map((start) => ({
      key: keyOf(inputs, initializationName(start)),
      compute: () => meanFieldDeath(options, inputs, start, options.horizon),
    })),
  );
}

const keyOf = (inputs: number, initialization: string) => `${inputs} ${initialization}`;

function curveOf(
  { trials, confidence }: DeathOptions,
  name: string,
  group: string,
  cells: readonly DeathCell[],
): SimulationSeries {
  const sorted = [...cells].sort((a, b) => a.stepSize - b.stepSize);
  const shares = sorted.map(({ dead }) => dead.value);
  const axis = { label: 'step size', values: sorted.map(({ stepSize }) => stepSize) };
  return shareSeries(name, shares, { group, axis, trials, confidence });
}

function lineOf(name: string, group: string, cells: readonly DeathCell[], probability: number): TheorySeries {
  const values = cells.map(({ stepSize }) => stepSize).sort((a, b) => a - b);
  return {
    name,
    group,
    theory: 'mean field, small steps',
    axis: { label: 'step size', values },
    values: values.map(() => probability),
  };
}

function tableOf({ deadBelow, trials, confidence }: DeathOptions, cells: readonly DeathCell[]): SimulationTable {
  return {
    title: `Shares of trials with Pr[y>0] < ${deadBelow}`,
    columns: [
      { label: 'inputs', kind: 'count' },
      { label: 'noise', kind: 'number' },
      { label: 'step size', kind: 'number' },
      { label: 'updates', kind: 'count' },
      { label: 'initialisation', kind: 'text' },
      { label: 'dead at the end', kind: 'probability' },
      { label: 'ever dead', kind: 'probability' },
      { label: 'mean Pr[y>0]', kind: 'probability' },
    ],
    rows: cells.map(({ inputs, noise, stepSize, steps, initialization, dead, ever, activation }) => [
      inputs,
      noise,
      stepSize,
      steps,
      initialization,
      { ...dead },
      { ...ever },
      activation,
    ]),
    notes: [
      `Of ${trials} trials each, with Wilson's ${percent(confidence)} intervals.`,
      'Dead is relative to the number of updates: a unit that fires at all can revive.',
    ],
  };
}
