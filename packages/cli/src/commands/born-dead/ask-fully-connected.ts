import { runInTimeSlices } from '@reluctant/core';
import {
  bornDeadEstimate,
  compareWithExpectation,
  expectations,
  inputPoints,
  reachOf,
  tallyNetworks,
  type BornDeadTally,
  type FullyConnected,
} from '@reluctant/probes';
import type { CommandContext } from '../command-context.js';
import type { Watch } from '../../run-with-progress.js';
import type { BornDeadFlags } from './flags.js';
import { formatFullyConnected } from './format-fully-connected.js';
import type { FullyConnectedResult } from './fully-connected-answer.js';
import { fullyConnectedOf } from './fully-connected-of.js';
import { initializerName, parseInitializer } from './parse-initializer.js';
import { whileInterruptible } from './while-interruptible.js';

const DEFAULT_DRAWS = 200_000;

/**
 * Draws fully connected networks and tells how many are dead, in part or as a whole.
 * @returns whether all draws were made
 */
export async function askFullyConnected({ output }: CommandContext, flags: BornDeadFlags): Promise<boolean> {
  const { draws = DEFAULT_DRAWS, seed = 1, confidence, targetError } = flags;
  const kinds = flags.initializer.length > 0 ? flags.initializer : ['he-normal'];
  const networks = kinds.map((kind) => fullyConnectedOf(parseInitializer(kind), flags));
  const results: FullyConnectedResult[] = [];
  const complete = await whileInterruptible(output, async (watch) => {
    for (const network of networks) {
      const tally = await drawn(network, { draws, seed, confidence, targetError }, watch);
      results.push(resultOf(network, tally, seed, confidence));
      if (watch.signal.aborted) return;
    }
  });
  const [{ initializer: _, ...network }] = networks;
  const answer = { network: { ...network, layers: network.hidden.length + 1 }, seed, complete, results };
  output.printJson(answer);
  output.print(formatFullyConnected(answer));
  return complete;
}

/** What was drawn until the end, or until it was interrupted. */
async function drawn(
  network: FullyConnected,
  options: Parameters<typeof tallyNetworks>[1],
  { signal, display }: Watch,
): Promise<BornDeadTally> {
  const show = display.track(initializerName(network.initializer));
  let latest: BornDeadTally | undefined;
  let shown = 0;
  try {
    return await runInTimeSlices(tallyNetworks(network, options), {
      signal,
      onValue(tally) {
        latest = tally;
        if (performance.now() - shown < 100) return;
        shown = performance.now();
        show(`${tally.draws.toLocaleString('en')} networks`, tally.draws, options.draws);
      },
    });
  } catch (error) {
    if (signal.aborted && latest) return latest;
    throw error;
  }
}

function resultOf(
  network: FullyConnected,
  tally: BornDeadTally,
  seed: number,
  confidence: number,
): FullyConnectedResult {
  const estimate = bornDeadEstimate(tally, confidence);
  const { initializer, inputs, inputDimension } = network;
  const points = inputs.kind === 'orthant' ? [] : inputPoints(inputs, inputDimension, seed);
  const known = expectations(network, points);
  return {
    initializer,
    reach: reachOf(network, points),
    inputs: points.length,
    ...estimate,
    expectations: known.map((expectation) => compareWithExpectation(estimate, expectation)),
  };
}
