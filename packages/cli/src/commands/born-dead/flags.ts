import { ReluctantError, validateDocument } from '@reluctant/core';
import type { z } from 'zod';

/** The command's flags. */
export interface BornDeadFlags {
  readonly draws?: number;
  readonly initializer: readonly string[];
  readonly seed?: number;
  readonly confidence: number;
  readonly width?: string;
  readonly depth?: number;
  readonly inputs?: string;
  readonly inputDimension?: number;
  readonly bias?: string;
  readonly targetError?: number;
  readonly images?: number;
  readonly set: readonly string[];
}

/** `inputDimension` as it stands on the command line. */
export function flagName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

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
      return `${flagName(FLAG_NAMES[first] ?? first)}: ${rest.length > 0 ? `${rest.join('.')}: ` : ''}${message}`;
    });
    throw new ReluctantError('USAGE', lines.join('\n'), { issues: error.issues });
  }
}
