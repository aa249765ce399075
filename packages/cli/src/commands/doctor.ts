import { totalmem } from 'node:os';
import { plugins, type EngineStatus } from '@reluctant/core';
import { describeEnvironment } from '../environment.js';
import { formatTable } from '../output/table.js';
import type { CommandContext } from './command-context.js';

/** `reluctant doctor`: what is present, what is missing, and what to do about it. */
export async function doctor({ container, output, runs }: CommandContext): Promise<void> {
  const registry = plugins(container);
  const engines = await Promise.all(
    registry.engine.all.map(async (engine) => ({
      kind: engine.kind,
      ...(await engine.status(engine.options.parse({}))),
    })),
  );
  const datasets = await Promise.all(
    registry.dataset.all
      .filter((dataset) => dataset.locate)
      .map(async (dataset) => ({ kind: dataset.kind, location: await dataset.locate!() })),
  );
  const { versions, machine } = describeEnvironment();
  output.printJson({ versions, machine: { ...machine, memoryGiB: memoryGiB() }, engines, datasets, runs });

  output.print(`Reluctant ${versions.reluctant}, Node ${versions.node}`);
  output.print(`${machine.cpu}, ${machine.cores} cores, ${memoryGiB()} GiB memory, ${machine.platform}`);
  output.print(`Runs are kept in ${runs}\n`);
  output.print(
    formatTable(
      ['engine', 'state', ''],
      engines.map((engine) => [engine.kind, engine.available ? 'ready' : 'absent', describe(engine)]),
    ),
  );
  output.print('');
  output.print(
    formatTable(
      ['dataset', 'state', ''],
      datasets.map(({ kind, location }) => [kind, location ? 'found' : 'absent', location ?? hint(kind)]),
    ),
  );
}

function memoryGiB(): number {
  return Math.round(totalmem() / 2 ** 30);
}

function describe({ available, version, device, details = [], reason }: EngineStatus): string {
  if (!available) return reason ?? '';
  return [[version, device].filter(Boolean).join(', '), ...details].join('\n');
}

function hint(kind: string): string {
  return kind === 'cifar10' ? 'downloaded when asked for; or set RELUCTANT_CIFAR10 to its folder' : 'give dataset.path';
}
