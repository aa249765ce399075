import { ReluctantError, type InitializerSpec } from '@reluctant/core';
import { fullyConnectedSchema, type FullyConnected } from '@reluctant/probes';
import { checkFlags, type BornDeadFlags } from './flags.js';
import { DEFAULT_INPUTS, parseBias, parseInputs } from './parse-inputs.js';
import { readNumber } from './read-number.js';

/**
 * The networks and inputs that flags ask for.
 * @throws `USAGE`
 */
export function fullyConnectedOf(initializer: InitializerSpec, flags: BornDeadFlags): FullyConnected {
  const { inputs = DEFAULT_INPUTS, bias, inputDimension } = flags;
  const hidden = hiddenLayers(flags);
  const set = parseInputs(inputs);
  const ofPoint = set.kind === 'point' ? (set.at as readonly unknown[]).length : undefined;
  return checkFlags(fullyConnectedSchema, {
    initializer,
    hidden,
    inputDimension: inputDimension ?? ofPoint,
    bias: bias === undefined ? undefined : parseBias(bias),
    inputs: set,
  });
}

/** `--width 2 --depth 10` are nine layers of two units, `--width 8,4,2` three layers. */
function hiddenLayers({ width, depth }: BornDeadFlags): readonly unknown[] {
  if (width === undefined) {
    throw new ReluctantError(
      'USAGE',
      'Give an experiment file, or the --width and --depth of fully connected networks: --width 2 --depth 10.',
    );
  }
  const units = width.split(',').map(readNumber);
  if (units.length === 1) {
    if (depth === undefined) throw new ReluctantError('USAGE', '--depth: how many layers, the output layer counted?');
    return Array.from({ length: depth - 1 }, () => units[0]);
  }
  if (depth === undefined || depth === units.length + 1) return units;
  throw new ReluctantError(
    'USAGE',
    `--depth ${depth}: the ${units.length} hidden layers of --width and the output layer are ${units.length + 1} layers.`,
  );
}
