import { ReluctantError, validateDocument } from '@reluctant/core';
import { z } from 'zod';
import { readNumber } from './read-number.js';

/** The command's flags as they stand on the command line. */
export interface BornDeadFlags {
  readonly draws?: string;
  readonly initializer: readonly string[];
  readonly seed?: string;
  readonly confidence?: string;
  readonly width?: string;
  readonly depth?: string;
  readonly inputs?: string;
  readonly inputDimension?: string;
  readonly bias?: string;
  readonly targetError?: string;
  readonly images?: string;
  readonly set: readonly string[];
}

/** A number as it stands on the command line. */
const flag = <T extends z.ZodType<number>>(schema: T) => z.preprocess(readNumber, schema);

const drawFlags = {
  seed: flag(z.int().min(0)),
  confidence: flag(z.number().gt(0).lt(1)).prefault(0.95),
};

/** Flags that say how fully connected networks are drawn, with their defaults. */
export const fullyConnectedFlags = z.object({
  ...drawFlags,
  seed: drawFlags.seed.prefault(1),
  draws: flag(z.int().min(1).max(1e9)).prefault(200_000),
  targetError: flag(z.number().gt(0).lt(1)).optional(),
  depth: flag(z.int().min(2).max(10_001)).optional(),
  inputDimension: flag(z.int()).optional(),
});

/** Flags that say how an experiment's network is drawn, with their defaults. */
export const experimentFlags = z.object({
  ...drawFlags,
  seed: drawFlags.seed.optional(),
  draws: flag(z.int().min(1).max(1e6)).prefault(20),
  images: flag(z.int().min(1)).optional(),
});

/** What stands in a schema under another name than that of its flag. */
const FLAG_NAMES: Readonly<Record<string, string>> = { hidden: 'width' };

/**
 * Checks values that were given by flags, whose names are the schema's.
 * @throws `USAGE` naming every flag that is wrong
 */
export function checkFlags<T>(schema: z.ZodType<T>, values: unknown): T {
  try {
    return validateDocument(schema, values, 'born-dead');
  } catch (error) {
    if (!ReluctantError.is(error)) throw error;
    const lines = error.issues.map(({ path, message }) => {
      const [first, ...rest] = path.split('.');
      const name = (FLAG_NAMES[first] ?? first).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return `--${name}: ${rest.length > 0 ? `${rest.join('.')}: ` : ''}${message}`;
    });
    throw new ReluctantError('USAGE', lines.join('\n'), { issues: error.issues });
  }
}
