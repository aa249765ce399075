import type { RunSummary } from '@reluctant/core';
import type { Block, Cell } from './table.js';

/** The row of `runs` that is about this run. */
export function runRow({ id, name, createdAt, status, manifest }: RunSummary): Block {
  const { config, dataset, engine, network } = manifest;
  const training = record(config['training']);
  return block(
    id,
    name,
    time(createdAt),
    status,
    manifest.seed,
    kindOf(config['architecture']),
    dataset?.kind ?? null,
    dataset?.digest ?? null,
    engine?.kind ?? null,
    engine?.device ?? null,
    kindOf(config['initializer']),
    kindOf(training['optimizer']),
    numberOf(training['learningRate']),
    numberOf(training['batchSize']),
    numberOf(training['epochs']),
    network?.parameters ?? null,
    dataset?.trainSize ?? null,
    dataset?.testSize ?? null,
    dataset?.probeSize ?? null,
    dataset?.classes ?? null,
    JSON.stringify(config),
  );
}

/** The rows of `sites` that are about this run. */
export function siteRows({ id, manifest }: RunSummary): readonly Block[] {
  return (manifest.network?.sites ?? []).map(({ name, layer, depth, kind, units, positions, skip, shift }) =>
    block(id, name, layer, depth, kind, units, positions, skip, shift ?? null),
  );
}

/** One row. */
export function block(...cells: readonly Cell[]): Block {
  return { rows: 1, cells };
}

/** A time as a date, or none where it is none. */
export function time(text: string): Date | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

function kindOf(choice: unknown): string | null {
  const { kind } = record(choice);
  return typeof kind === 'string' ? kind : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
