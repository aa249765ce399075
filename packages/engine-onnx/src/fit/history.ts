import {
  activationProbabilities,
  TapWindow,
  type Network,
  type StepResult,
  type Tap,
  type TapValue,
} from '@reluctant/core';

/** What `onBatchEnd` gets. */
export interface BatchInfo {
  /** Counted from 0. */
  readonly epoch: number;
  /** Counted from 0, within the epoch. */
  readonly batch: number;
  /** Batches in an epoch; undefined where they come ready-made, in the first epoch. */
  readonly batches: number | undefined;
  readonly size: number;
  /** Mean loss over the batch, before its update. */
  readonly loss: number;
  /** Share of the batch classified rightly, before its update. */
  readonly accuracy: number;
  readonly learningRate: number;
}

export interface Score {
  /** Mean over the images. */
  readonly loss: number;
  /** In [0, 1]. */
  readonly accuracy: number;
}

/** One epoch: loss and accuracy are those of its training steps, each before its update. */
export interface EpochRecord extends Score {
  /** Counted from 0. */
  readonly epoch: number;
  /** Of the validation data after the epoch, in evaluation mode. */
  readonly validation?: Score;
  /**
   * Pr[y > 0] of each unit over the epoch's training steps (images and positions), by ReLU site. A unit at exactly 0 fired for
   * nothing it saw: it is dead, or dying. Empty where `activeProbability` is false.
   */
  readonly activeProbability: Readonly<Record<string, readonly number[]>>;
}

export interface History {
  readonly epochs: readonly EpochRecord[];
  /** True where `signal` ended training early; the epoch it interrupted is left out. */
  readonly aborted: boolean;
}

/** Which counters training steps take for `activeProbability`. */
export function activationTaps({ sites }: Network): readonly Tap[] {
  return sites.map(({ name }) => ({ site: name, at: 'activation', statistics: ['fired'], on: 'training-step' }));
}

/** Sums over the batches of an epoch, or of the validation data. */
export class Tally {
  private images = 0;
  private lossSum = 0;
  private correct = 0;
  private readonly windows: ReadonlyMap<string, TapWindow>;

  constructor(network: Network, taps: readonly Tap[]) {
    const siteOf = (tap: Tap) => network.sites.find(({ name }) => name === tap.site)!;
    this.windows = new Map(taps.map((tap) => [tap.site, new TapWindow(tap, siteOf(tap))]));
  }

  add({ loss, correct, taps }: StepResult, images: number): void {
    this.images += images;
    this.lossSum += loss * images;
    this.correct += correct;
    taps.forEach((value: TapValue) => this.windows.get(value.site)!.add(value, images));
  }

  get score(): Score {
    return { loss: this.lossSum / this.images, accuracy: this.correct / this.images };
  }

  get activeProbability(): Record<string, readonly number[]> {
    return Object.fromEntries(
      [...this.windows].map(([site, window]) => {
        const { values, elements } = window.toSample({ step: 0, epoch: 0 });
        return [site, activationProbabilities(values.fired!, elements)];
      }),
    );
  }
}
