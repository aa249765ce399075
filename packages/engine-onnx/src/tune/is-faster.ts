import { quantile } from '@reluctant/core';
import type { Trial } from './trial.js';

/** Timed steps of each. */
const ROUNDS = 5;
/** Of its time, what a challenger must save: less than that, two measurements of one and the same can differ by. */
const MARGIN = 0.02;
/** A challenger whose first timed step takes so many times as long is given up. */
const HOPELESS = 2;

/**
 * Whether steps of `challenger` take less time than those of `champion`, by more than measurements err. They take turns, and each round
 * gives one ratio: what changes with time, such as the processor's temperature or other programs, meets both.
 */
export async function isFaster(challenger: Trial, champion: Trial): Promise<boolean> {
  // The first step compiles, and fills caches that the other has emptied.
  for (const trial of [champion, challenger]) await trial.step();
  const ratios: number[] = [];
  while (ratios.length < ROUNDS) {
    const reference = await champion.step();
    ratios.push((await challenger.step()) / reference);
    if (ratios[0] > HOPELESS) return false;
  }
  return quantile(ratios, 0.5) < 1 - MARGIN;
}
