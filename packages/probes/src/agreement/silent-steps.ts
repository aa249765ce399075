import type { TapSample } from '@reluctant/core';

/** For how long units have been silent on the training batches, as far as their windows tell. */
export interface SilentSteps {
  /**
   * Per unit: a lower bound on step − lastFiredStep, from windows: the steps since the end of the last one in which it fired. A unit
   * that has fired in none has been silent for all steps so far.
   */
  readonly steps: readonly number[];
  /** Steps of the last window: the shortest time for which silence can be told. */
  readonly window: number;
}

/**
 * Counts back from `step` over the windows of a site's training batches, in which `fired` was counted. Within a window nothing is
 * known of when a unit fired last, so that it may have fired at its very end: no unit is said to be silent for longer than it was.
 * @param training the site's activations on the training batches, ascending by step; each window begins where the one before ended
 * @returns undefined where no window ends at `step`: what happened since is not recorded
 */
export function silentSteps(training: readonly TapSample[], step: number): SilentSteps | undefined {
  const windows = training.filter((sample) => sample.step <= step && sample.values.fired && sample.images > 0);
  const last = windows.at(-1);
  if (last?.step !== step || step === 0) return undefined;
  const steps = Array.from(last.values.fired!, (_, unit) => {
    const fired = windows.findLast(({ values }) => values.fired![unit] > 0);
    return step - (fired?.step ?? 0);
  });
  return { steps, window: step - (windows.at(-2)?.step ?? 0) };
}
