import type { TapSample } from '../probe/tap.js';
import { listen, stepsSilent, UNHEARD } from './listen.js';

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
 * What the windows of a site's training batches up to `step`, in which `fired` was counted, tell of silence: see `listen`.
 * @param training the site's activations on the training batches, ascending by step; each window begins where the one before ended
 * @returns undefined where no window ends at `step`: what happened since is not recorded
 */
export function silentSteps(training: readonly TapSample[], step: number): SilentSteps | undefined {
  const windows = training.filter((sample) => sample.step <= step && sample.values.fired && sample.images > 0);
  const heard = windows.reduce((before, window) => listen(before, window.values.fired!, window.step), UNHEARD);
  if (heard.step !== step || step === 0) return undefined;
  return { steps: stepsSilent(heard), window: heard.granularity };
}
