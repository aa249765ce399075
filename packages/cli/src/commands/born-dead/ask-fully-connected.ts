import { ReluctantError, runInTimeSlices, type InitializerSpec } from '@reluctant/core';
import {
  bornDeadEstimate,
  compareWithExpectation,
  expectations,
  fullyConnectedSchema,
  inputPoints,
  reachOf,
  tallyNetworks,
  type BornDeadTally,
  type FullyConnected,
} from '@reluctant/probes';
import type { CommandContext } from '../command-context.js';
import { checkFlags, fullyConnectedFlags, type BornDeadFlags } from './flags.js';
import { formatFullyConnected } from './format-fully-connected.js';
import type { FullyConnectedAnswer, FullyConnectedResult } from './fully-connected-answer.js';
import { initializerName, parseInitializer } from './parse-initializer.js';
import { readNumber } from './read-number.js';
import { DEFAULT_INPUTS, parseBias, parseInputs } from './parse-inputs.js';
import { whileInterruptible, type Watch } from './while-interruptible.js';

/**
 * Draws fully connected networks and tells how many are dead, in part or as a whole.
 * @returns whether all draws were made
 */
export async function askFullyConnected({ output }: CommandContext, flags: BornDeadFlags): Promise<boolean> {
  const { draws, seed, confidence, targetError, depth, inputDimension } = checkFlags(fullyConnectedFlags, flags);
  const kinds = flags.initializer.length > 0 ? flags.initializer : ['he-normal'];
  const networks = kinds.map((kind) => networkOf(parseInitializer(kind), flags, depth, inputDimension));
  const results: FullyConnectedResult[] = [];
  const complete = await whileInterruptible(output, async (watch) => {
    for (const network of networks) {
      const tally = await drawn(network, { draws, seed, confidence, targetError }, watch);
      if (tally.draws > 0) results.push(resultOf(network, tally, seed, confidence));
      if (watch.signal.aborted) return;
    }
  });
  if (results.length === 0) throw new ReluctantError('INTERRUPTED', 'Interrupted before any network was drawn.');
  const [{ initializer: _, ...network }] = networks;
  const points = listedPoints(networks[0], seed);
  const answer: FullyConnectedAnswer = {
    network: { ...network, layers: network.hidden.length + 1 },
    seed,
    complete,
    reach: reachOf(networks[0], points),
    inputs: points.length,
    results,
  };
  output.printJson(answer);
  output.print(formatFullyConnected(answer));
  return complete;
}

function networkOf(
  initializer: InitializerSpec,
  { width, inputs = DEFAULT_INPUTS, bias }: BornDeadFlags,
  depth: number | undefined,
  dimension: number | undefined,
): FullyConnected {
  const set = parseInputs(inputs);
  const ofPoint = set.kind === 'point' ? (set.at as readonly unknown[]).length : undefined;
  return checkFlags(fullyConnectedSchema, {
    initializer,
    hidden: hiddenLayers(width, depth),
    inputDimension: dimension ?? ofPoint,
    bias: bias === undefined ? undefined : parseBias(bias),
    inputs: set,
  });
}

/** `--width 2 --depth 10` are nine layers of two units, `--width 8,4,2` three layers. */
function hiddenLayers(width: string | undefined, depth: number | undefined): readonly unknown[] {
  if (width === undefined) {
    throw new ReluctantError(
      'USAGE',
      'Give an experiment file, or the --width and --depth of fully connected networks: --width 2 --depth 10.',
    );
  }
  const units = width.split(',').map(readNumber);
  if (units.length > 1) {
    if (depth === undefined || depth === units.length + 1) return units;
    throw new ReluctantError(
      'USAGE',
      `--depth ${depth}: the ${units.length} hidden layers of --width and the output layer are ${units.length + 1} layers.`,
    );
  }
  if (depth === undefined) throw new ReluctantError('USAGE', '--depth: how many layers, the output layer counted?');
  return Array.from({ length: depth - 1 }, () => units[0]);
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
  const known = expectations(network, listedPoints(network, seed));
  return {
    initializer: network.initializer,
    ...estimate,
    expectations: known.map((expectation) => compareWithExpectation(estimate, expectation)),
  };
}

function listedPoints({ inputs, inputDimension }: FullyConnected, seed: number) {
  return inputs.kind === 'orthant' ? [] : inputPoints(inputs, inputDimension, seed);
}
