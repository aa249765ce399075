import { UNIT_DEFINITIONS, type UnitDefinition } from '@reluctant/core';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { numberIn } from '../number-option.js';

/** What is asked of `reluctant ablate`. */
export interface AblateOptions {
  readonly definition: UnitDefinition;
  readonly epsilon?: number;
  readonly tau?: number;
  readonly site?: string;
  readonly units?: readonly number[];
  /** Number of random sets. */
  readonly random: number;
  readonly seed: number;
  readonly split: 'probe' | 'test' | 'both';
  readonly confidence: number;
}

export function addAblateOptions(command: Command): Command {
  const definition = new Option('--definition <name>', 'which units are taken away').choices(UNIT_DEFINITIONS);
  const units = new Option('--units <list>', 'these units of the site instead, such as 3,7,10-15').argParser(
    unitNumbers,
  );
  const split = new Option('--split <name>', 'images to compare on').choices(['probe', 'test', 'both']);
  const whole = (upper: number) => numberIn(0, upper, { integer: true });
  return command
    .addOption(definition.default('never-fired'))
    .option('--epsilon <share>', "nearly dead below this Pr[y>0]; the run's by default", numberIn(0, 1))
    .option('--tau <score>', "dormant up to this score; the run's by default", numberIn(0, Infinity))
    .option('--site <name>', 'only units of this ReLU site, or of those that match a pattern such as conv*')
    .addOption(units)
    .option('--random <sets>', 'as many random live units are taken away instead, so many times', whole(10_000), 5)
    .option('--seed <number>', 'of the random sets', whole(Infinity), 1)
    .addOption(split.default('both'))
    .option('--confidence <share>', 'of the intervals', numberIn(0, 1, { open: true }), 0.95);
}

/** `3,7,10-12` → 3, 7, 10, 11, 12: ascending, none twice. */
export function unitNumbers(text: string): readonly number[] {
  const units = text.split(',').flatMap((part) => {
    const range = /^\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*$/.exec(part);
    const [first, last] = range ? [Number(range[1]), Number(range[2] ?? range[1])] : [1, 0];
    if (last < first) throw new InvalidArgumentError('Give unit numbers and ranges, such as 3,7,10-15.');
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
  return [...new Set(units)].sort((a, b) => a - b);
}
