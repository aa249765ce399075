import { plugins, RunStore, type Plugin, type PluginRegistry, type RunSummary } from '@reluctant/core';
import { plainText } from '../output/plain-text.js';
import { formatTable } from '../output/table.js';
import type { CommandContext } from './command-context.js';

export const LISTS = ['plugins', 'runs'] as const;

/** `reluctant list [plugins|runs]`. */
export function list(context: CommandContext, what: (typeof LISTS)[number]): Promise<void> | void {
  return what === 'runs' ? listRuns(context) : listPlugins(context);
}

function listPlugins({ container, output }: CommandContext): void {
  const registries: readonly PluginRegistry<Plugin<unknown>>[] = Object.values(plugins(container));
  const rows = registries.flatMap(({ contract, all }) => all.map(({ kind, summary }) => ({ contract, kind, summary })));
  output.printJson(rows);
  output.print(
    formatTable(
      ['contract', 'kind', 'what it is'],
      rows.map(({ contract, kind, summary }) => [contract, kind, summary]),
    ),
  );
}

async function listRuns({ container, output, runs }: CommandContext): Promise<void> {
  const found: RunSummary[] = [];
  for await (const summary of container.get(RunStore).list()) found.push(summary);
  output.printJson(found.map(({ id, name, createdAt, status, path }) => ({ id, name, createdAt, status, path })));
  if (found.length === 0) return output.print(`No runs in ${runs} yet. \`reluctant quickstart\` makes some.`);
  output.print(
    formatTable(
      ['run', 'name', 'status', 'started'],
      found.map(({ id, name, status, createdAt }) => [
        plainText(id, 100),
        plainText(name, 40),
        status,
        plainText(createdAt).slice(0, 19).replace('T', ' '),
      ]),
    ),
  );
}
