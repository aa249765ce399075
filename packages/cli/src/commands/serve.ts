import { stat } from 'node:fs/promises';
import { ReluctantError } from '@reluctant/core';
import { untilInterrupted, whileServing, type ServeOptions } from '../live/serving.js';
import type { CommandContext } from './command-context.js';

/** `reluctant serve [RUNS]`: a page on which runs are watched, until Ctrl-C. */
export async function serve(context: CommandContext, folder: string | undefined, options: ServeOptions): Promise<void> {
  const { output, runs } = context;
  if (folder !== undefined) await requireFolder(folder);
  await whileServing(context, folder ?? runs, options, async ({ url, port }) => {
    output.printJson({ url, port });
    output.print(url);
    output.note(`Shows the runs in ${folder ?? runs} until you press Ctrl-C.`);
    await untilInterrupted((text) => output.note(text));
  });
}

/** The default folder is made by the first run; one that was given, and is not there, is a slip. */
async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new ReluctantError('USAGE', `There is no folder ${folder}. Give the one that holds your runs.`);
}
