import { EXIT_CODES, ReluctantError } from '@reluctant/core';
import type { CommandContext } from '../command-context.js';
import { askExperiment } from './ask-experiment.js';
import { askFullyConnected } from './ask-fully-connected.js';
import { flagName, type BornDeadFlags } from './flags.js';

/** Flags that only the one or the other way of asking takes. */
const WITHOUT_FILE = ['width', 'depth', 'inputs', 'inputDimension', 'bias', 'targetError'] as const;
const WITH_FILE = ['images', 'set'] as const;

/** `reluctant born-dead [FILE]`. Interrupted, it tells what is known so far, and ends with the exit code of an interrupt. */
export async function bornDead(
  context: CommandContext,
  file: string | undefined,
  flags: BornDeadFlags,
): Promise<number> {
  refuse(flags, file === undefined ? WITH_FILE : WITHOUT_FILE, file);
  const complete =
    file === undefined ? await askFullyConnected(context, flags) : await askExperiment(context, file, flags);
  return complete ? 0 : EXIT_CODES.INTERRUPTED;
}

function refuse(flags: BornDeadFlags, names: readonly (keyof BornDeadFlags)[], file: string | undefined): void {
  const given = names.filter((name) => flags[name] !== undefined && !isEmpty(flags[name]));
  if (given.length === 0) return;
  const dashed = given.map(flagName).join(', ');
  throw new ReluctantError(
    'USAGE',
    file === undefined
      ? `${dashed}: this goes with an experiment file.`
      : `${dashed}: this goes with fully connected networks; those of ${file} are what the file says.`,
  );
}

/** A repeatable flag that was not given. */
function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
