import { clopperPearsonInterval, Random } from '@reluctant/core';
import { BornDeadTally } from './born-dead-tally.js';
import { drawNetwork } from './draw-network.js';
import type { FullyConnected } from './fully-connected.js';
import { inputPoints } from './input-points.js';

export interface TallyOptions {
  /** Networks to draw, at most. */
  readonly draws: number;
  readonly seed: number;
  /**
   * Where given, drawing stops when half the width of the interval for the probability of a silent layer is at most this; looked
   * at after every thousand draws. Stopping by what was seen makes the interval a little too narrow where few were drawn.
   */
  readonly targetError?: number;
  /** Of that interval; 0.95 where it is left out. */
  readonly confidence?: number;
}

const DRAWS_BETWEEN_LOOKS = 1000;

/**
 * Draws networks one after the other and counts what is dead in them; gives the same tally after every draw, which goes on
 * counting. Network number d draws from the stream (seed, 'born-dead', d), so it is the same however many are drawn and whenever.
 */
export function* tallyNetworks(
  network: FullyConnected,
  { draws, seed, targetError, confidence }: TallyOptions,
): Generator<BornDeadTally, BornDeadTally, undefined> {
  const { hidden, inputs, inputDimension } = network;
  const points = inputs.kind === 'orthant' ? [] : inputPoints(inputs, inputDimension, seed);
  const draw = drawNetwork(network, points);
  const tally = new BornDeadTally(hidden);
  const dead = new Uint32Array(hidden.length);
  while (tally.draws < draws) {
    draw(new Random(seed, 'born-dead', tally.draws), dead);
    tally.add(dead);
    yield tally;
    if (targetError !== undefined && isPrecise(tally, targetError, confidence)) break;
  }
  return tally;
}

function isPrecise({ draws, someLayerSilent }: BornDeadTally, targetError: number, confidence?: number): boolean {
  if (draws % DRAWS_BETWEEN_LOOKS !== 0) return false;
  const { lower, upper } = clopperPearsonInterval(someLayerSilent, draws, confidence);
  return (upper - lower) / 2 <= targetError;
}
