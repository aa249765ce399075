import type { Simulation, SimulationContext, SimulationSeries, SimulationTable, TheorySeries } from '@reluctant/core';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { shareSeries } from '../comparison/share-series.js';
import { initializationName } from '../model/initializations.js';
import { deathOptionsSchema, type DeathOptions } from './death-options.js';
import { combinations, deathCell, type DeathCell } from './death-study.js';
import { initializationNotes } from './initialization-notes.js';
import { meanFieldDeath } from './mean-field-death.js';

/** How probable it is that a unit stops firing, by step size, number of inputs, noise and initialisation. */
export const singleUnitDeath: Simulation<DeathOptions> = {
  kind: 'single-unit-death',
  summary: 'How probable it is that one ReLU unit stops firing, by step size, size, noise and initialisation',
  options: deathOptionsSchema,

  async simulate(options, context) {
    const { publish } = context;
    const cells = await study(options, context);
    const theory = await meanFields(options, context);
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

async function study(
  options: DeathOptions,
  { seed, signal, publish }: SimulationContext,
): Promise<readonly DeathCell[]> {
  const all = combinations(options);
  const total = all.reduce((sum, { steps }) => sum + steps * options.trials, 0);
  const cells: DeathCell[] = [];
  let before = 0;
  for (const combination of all) {
    const onProgress = (done: number) => publish({ type: 'progress', label: 'updates', done: before + done, total });
    cells.push(await deathCell(options, combination, { seed, signal, onProgress }));
    before += combination.steps * options.trials;
  }
  return cells;
}

/** By number of inputs and initialisation. With a fixed number of updates there is no common horizon, so nothing to compare. */
async function meanFields(options: DeathOptions, { signal }: SimulationContext): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  if (options.steps !== undefined) return found;
  for (const inputs of options.inputCounts) {
    for (const start of options.initializations) {
      await nextTurn();
      signal?.throwIfAborted();
      const probability = meanFieldDeath(options, inputs, start, options.horizon);
      if (probability !== undefined) found.set(keyOf(inputs, initializationName(start)), probability);
    }
  }
  return found;
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
      `Of ${trials} trials each, with Wilson's ${Number((100 * confidence).toPrecision(12))} % intervals.`,
      'Dead is relative to the number of updates: a unit that fires at all can revive.',
    ],
  };
}
