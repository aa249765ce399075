import { clopperPearsonInterval, meanShareInterval, type Interval } from '@reluctant/core';
import type { BornDeadTally, LayerTally } from './born-dead-tally.js';

/** How many of the networks, with Clopper and Pearson's interval for the probability behind it. */
export interface Proportion extends Interval {
  readonly count: number;
  readonly share: number;
}

/** A share of a layer's units, averaged over the networks, with Student's interval: the networks are what is independent. */
export interface MeanShare extends Interval {
  readonly share: number;
  /** Of the share between networks (n − 1). */
  readonly deviation: number;
}

export interface LayerEstimate {
  readonly units: number;
  readonly deadUnits: MeanShare;
  readonly anyUnitDead: Proportion;
  readonly silent: Proportion;
}

/** Estimated probabilities, over `draws` networks. */
export interface BornDeadEstimate {
  readonly draws: number;
  readonly confidence: number;
  readonly anyUnitDead: Proportion;
  readonly someLayerSilent: Proportion;
  readonly lastLayerSilent: Proportion;
  readonly layers: readonly LayerEstimate[];
}

/** @param confidence of every interval, each for itself */
export function bornDeadEstimate(tally: BornDeadTally, confidence = 0.95): BornDeadEstimate {
  const { draws } = tally;
  const proportion = (count: number): Proportion => ({
    count,
    share: count / draws,
    ...clopperPearsonInterval(count, draws, confidence),
  });
  return {
    draws,
    confidence,
    anyUnitDead: proportion(tally.anyUnitDead),
    someLayerSilent: proportion(tally.someLayerSilent),
    lastLayerSilent: proportion(tally.lastLayerSilent),
    layers: tally.layers.map((layer) => ({
      units: layer.units,
      deadUnits: meanShare(layer, draws, confidence),
      anyUnitDead: proportion(layer.anyUnitDead),
      silent: proportion(layer.silent),
    })),
  };
}

function meanShare({ units, dead, deadSquares }: LayerTally, draws: number, confidence: number): MeanShare {
  const share = dead / (units * draws);
  const variance = (deadSquares - (dead * dead) / draws) / (draws - 1);
  const deviation = draws > 1 ? Math.sqrt(Math.max(0, variance)) / units : 0;
  return { share, deviation, ...meanShareInterval(share, deviation, draws, confidence) };
}
