import { ReluctantError } from '@reluctant/core';
import type { CommandContext } from '../commands/command-context.js';
import { plainLines } from '../output/plain-text.js';
import { untilInterrupted, whileServing, type ServeOptions } from './serving.js';

export interface WatchOptions extends ServeOptions {
  readonly watch: boolean;
  /** Not to go on serving when the run has ended. */
  readonly exit: boolean;
}

/** Where a run is watched. */
export interface Watched {
  readonly url: string;
  readonly port: number;
}

/**
 * Runs something, with a page to watch it if that is wanted: the page reads what is recorded, and the run does not wait for it. The page
 * stays when the run has ended or failed, until Ctrl-C; an interrupted run takes it along.
 * @param folder in which the run is recorded
 * @throws what `body` throws, in the end
 */
export async function watchRun(
  context: CommandContext,
  folder: string,
  options: WatchOptions,
  body: (watched?: Watched) => Promise<void>,
): Promise<void> {
  if (!options.watch) return body();
  const { output } = context;
  await whileServing(context, folder, options, async ({ url, port }) => {
    // Not among the notes, which --quiet leaves out.
    output.print(`Watch it at ${url}`);
    if (output.json) output.note(`Watch it at ${url}`);
    let failure: ReluctantError | undefined;
    try {
      await body({ url, port });
    } catch (error) {
      failure = ReluctantError.from(error, 'INTERNAL', 'A defect of Reluctant');
    }
    if (!options.exit && failure?.code !== 'INTERRUPTED') {
      if (failure) output.note(plainLines(`The run failed: ${failure.message}`));
      output.note(`The page stays at ${url} until you press Ctrl-C.`);
      await untilInterrupted((text) => output.note(text));
    }
    if (failure) throw failure;
  });
}
