import { wilsonInterval, type Interval } from '@reluctant/core';
import { initializationName, type InitializationOptions } from '../model/initializations.js';
import { unitModel } from '../model/unit-model.js';
import { estimatedTime } from '../simulation/estimated-time.js';
import { simulate } from '../simulation/simulate.js';
import { unitOf, type DeathOptions } from './death-options.js';

/** A share of trials with its interval. */
export interface Share extends Interval {
  readonly value: number;
}

/** What became of the trials of one combination. */
export interface DeathCell {
  readonly inputs: number;
  readonly noise: number;
  readonly stepSize: number;
  readonly start: InitializationOptions;
  readonly initialization: string;
  /** K. */
  readonly steps: number;
  /** With Pr[y>0] < ε after K updates, and at some time until then. */
  readonly dead: Share;
  readonly ever: Share;
  /** Mean of Pr[y>0] after K updates. */
  readonly activation: number;
}

/** What of a cell is known before it is simulated. */
type Combination = Omit<DeathCell, 'dead' | 'ever' | 'activation'>;

/** Every combination, in the order of the table: noises within sizes, step sizes within noises, initialisations within step sizes. */
export function combinations(options: DeathOptions): readonly Combination[] {
  const { inputCounts, noises, stepSizes, initializations, horizon } = options;
  return inputCounts.flatMap((inputs) =>
    noises.flatMap((noise) =>
      stepSizes.flatMap((stepSize) =>
        initializations.map((start) => ({
          inputs,
          noise,
          stepSize,
          start,
          initialization: initializationName(start),
          steps: options.steps ?? Math.ceil(horizon / stepSize),
        })),
      ),
    ),
  );
}

/** About how many nanoseconds it takes to simulate a combination. */
export function cellTime(options: DeathOptions, combination: Combination): number {
  return estimatedTime(unitModel(unitOf(options, combination)), trialsOf(options, combination));
}

const trialsOf = ({ trials }: DeathOptions, { start, steps }: Combination) => ({ start, trials, grid: [0, steps] });

/** Simulates one combination. */
export async function deathCell(
  options: DeathOptions,
  combination: Combination,
  {
    seed,
    signal,
    onProgress,
  }: { readonly seed: number; readonly signal?: AbortSignal; onProgress(share: number): void },
): Promise<DeathCell> {
  const { trials, deadBelow, confidence } = options;
  const { dead, activation } = await simulate(
    unitModel(unitOf(options, combination)),
    { ...trialsOf(options, combination), seed, deadBelow },
    { signal, onProgress: ({ done, total }) => onProgress(done / total) },
  );
  const share = (value: number): Share => ({ value, ...wilsonInterval(value, trials, confidence) });
  return {
    ...combination,
    dead: share(dead.now[1]),
    ever: share(dead.ever[1]),
    activation: activation.mean[1],
  };
}
