import { resolve } from 'node:path';
import type { Container } from 'inversify';
import { compose } from '../compose.js';
import { createOutput, type Output } from '../output/output.js';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json: boolean;
  readonly debug: boolean;
  readonly quiet: boolean;
  readonly runs: string;
  readonly plugin: readonly string[];
}

/** What every command works with. */
export interface CommandContext {
  readonly container: Container;
  readonly output: Output;
  readonly runs: string;
  /** Plugin modules of the command line, relative to the working directory. */
  readonly plugins: readonly string[];
}

export async function createCommandContext(options: GlobalOptions): Promise<CommandContext> {
  const runs = resolve(options.runs);
  const plugins = options.plugin;
  return { container: await compose({ runs, plugins }), output: createOutput(options), runs, plugins };
}
