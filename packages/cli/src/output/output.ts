import { ReluctantError } from '@reluctant/core';
import { plainLines } from './plain-text.js';
import { colorsFor } from './colors.js';

/** Where a command's words go: results to standard output, everything on the way to standard error. */
export interface Output {
  readonly json: boolean;
  /** True where a person watches standard error. */
  readonly interactive: boolean;
  /** The result, for people; nothing with `--json`. */
  print(text: string): void;
  /** The result, for machines: one JSON document; nothing without `--json`. */
  printJson(value: unknown): void;
  /** What happens on the way. */
  note(text: string): void;
}

export function createOutput({ json, quiet }: { readonly json: boolean; readonly quiet: boolean }): Output {
  return {
    json,
    // A pseudo-terminal that nobody looks at may be 0 columns wide: a live line would wrap for ever.
    interactive: !quiet && process.stderr.isTTY === true && process.stderr.columns > 0,
    print(text) {
      if (!json) process.stdout.write(`${text}\n`);
    },
    printJson(value) {
      if (json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    },
    note(text) {
      if (!quiet) process.stderr.write(`${text}\n`);
    },
  };
}

/** The one JSON document that a failed command prints with `--json`. */
export function printErrorJson({ code, message, issues }: ReluctantError): void {
  process.stdout.write(`${JSON.stringify({ error: { code, message, issues } }, undefined, 2)}\n`);
}

/** Tells an error and returns the exit code that it asks for. */
export function tellError(
  error: unknown,
  { json, debug }: { readonly json: boolean; readonly debug: boolean },
): number {
  const failure = ReluctantError.from(error, 'INTERNAL', 'A defect of Reluctant');
  if (json) printErrorJson(failure);
  process.stderr.write(`${colorsFor(process.stderr).red(failure.code)} ${plainLines(failure.message)}\n`);
  if (debug)
    process.stderr.write(
      `${failure.stack}\n${failure.cause instanceof Error ? `caused by ${failure.cause.stack}\n` : ''}`,
    );
  else if (failure.code === 'INTERNAL') process.stderr.write('Run it again with --debug for the stack trace.\n');
  return failure.exitCode;
}
