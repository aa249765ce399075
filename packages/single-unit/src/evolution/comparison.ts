import { theoryDeviation } from '@reluctant/core';
import { LARGEST_BY_CHANCE } from '../comparison/largest-by-chance.js';
import type { Quantity } from './quantities.js';
import type { TheoryCurves } from './theories.js';

/** How well one theory agrees with the simulation, over all quantities that it says something of. */
export interface Agreement {
  readonly theory: TheoryCurves['name'];
  readonly title: string;
  readonly compared: number;
  /** Values outside the band, of those compared. */
  readonly outside: number;
  /** The largest deviation. */
  readonly largest: {
    readonly quantity: string;
    /** Number of updates. */
    readonly k: number;
    readonly standardErrors: number;
    readonly difference: number;
  };
  /** Whether the largest deviation is one that chance explains. */
  readonly holds: boolean;
}

/** The agreement of every theory, in the order of the theories. */
export function agreements(quantities: readonly Quantity[], curves: readonly TheoryCurves[]): readonly Agreement[] {
  const judged = quantities.filter(({ isJudged }) => isJudged);
  return curves.flatMap(({ name, title }) => {
    const deviations = judged.flatMap(({ simulated, predicted }) =>
      predicted.filter(({ theory }) => theory === name).map(({ series }) => theoryDeviation(series, simulated)),
    );
    const measured = deviations.flatMap(({ name: quantity, largest }) =>
      largest
        ? [{ quantity, k: largest.x, standardErrors: largest.standardErrors, difference: largest.difference }]
        : [],
    );
    if (measured.length === 0) return [];
    const largest = measured.reduce((worst, one) =>
      Math.abs(one.standardErrors) > Math.abs(worst.standardErrors) ? one : worst,
    );
    return [
      {
        theory: name,
        title,
        compared: deviations.reduce((total, { compared }) => total + compared, 0),
        outside: deviations.reduce((total, { outside }) => total + outside.length, 0),
        largest,
        holds: Math.abs(largest.standardErrors) < LARGEST_BY_CHANCE,
      },
    ];
  });
}
