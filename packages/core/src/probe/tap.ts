import type { Statistic, StatisticValues } from './statistic.js';

/**
 * `activation` is the ReLU's output, `preactivation` its input, `gradient` the loss gradient with respect to its output, and
 * `preactivation-gradient` what the ReLU passes on of that: 0 where the unit is off, unless it is made leaky (`withLeaks`). The loss is the mean over a batch, so the sum of
 * the last over a batch is the gradient of whatever is added to all of a unit's inputs alike, such as its bias.
 */
export type TapPoint = 'preactivation' | 'activation' | 'gradient' | 'preactivation-gradient';

/** Whether it is a gradient, which only training has; it counts as fired where it is not 0. */
export function isGradient(point: TapPoint): boolean {
  return point === 'gradient' || point === 'preactivation-gradient';
}

/** `training-step`: training batches in training mode. `probe-split`: the fixed images in evaluation mode. */
export type TapSeries = 'training-step' | 'probe-split';

/** What a probe wants to know of one ReLU site. Every engine computes it inside its step. */
export interface Tap {
  readonly site: string;
  readonly at: TapPoint;
  readonly statistics: readonly Statistic[];
  readonly on: TapSeries;
}

/** The statistics of one tap for one batch, as an engine returns them. */
export interface TapValue {
  readonly site: string;
  readonly at: TapPoint;
  readonly values: StatisticValues;
}

/**
 * The statistics of one tap summed over a window: the whole probe split, or the training batches since the previous sample.
 * Ratios are formed only when shown.
 */
export interface TapSample extends TapValue {
  readonly on: TapSeries;
  /** Optimizer steps taken when the window closed; 0 is the initialised network. */
  readonly step: number;
  /** Completed epochs (fractional inside an epoch). */
  readonly epoch: number;
  /** Images in the window. */
  readonly images: number;
  /** Elements per unit in the window: images × positions. */
  readonly elements: number;
}
