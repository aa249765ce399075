import type { RunSummary } from '@reluctant/core';
import { finiteOrNull } from '../../queries/finite-or-null.js';
import { kindOf } from '../../queries/kind-of.js';
import type { RunListItem } from '../api.js';
import type { LiveRecord } from './live-record.js';
import { progressOf } from './progress.js';

/** @param record undefined until it is read */
export function listItem({ id, alive, status, manifest }: RunSummary, record: LiveRecord | undefined): RunListItem {
  return {
    id,
    name: manifest.name,
    createdAt: manifest.createdAt,
    status: record?.status ?? status,
    alive: alive && (record?.status ?? status) === 'running',
    seed: manifest.seed,
    dataset: manifest.dataset?.kind ?? null,
    architecture: kindOf(manifest.config['architecture']) ?? null,
    progress: record ? progressOf(record, alive) : null,
    trainLoss: finiteOrNull(record?.lastEpoch?.trainLoss),
    testAccuracy: finiteOrNull(record?.lastTest?.accuracy),
    ...totalsOf(record),
  };
}

/** Over all units, at the last measurement of each probe. */
function totalsOf(record: LiveRecord | undefined): Pick<RunListItem, 'meanPr' | 'neverFired' | 'units'> {
  const activation = record?.layers.lastComplete('activation-probability');
  const dead = record?.layers.lastComplete('dead-units');
  const sites = record?.manifest.network?.sites ?? [];
  const sum = (of: (site: (typeof sites)[number]) => number) =>
    sites.map(of).reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0);
  const measured = activation && sum(({ name, units }) => (Number.isFinite(activation.of('mean', name)) ? units : 0));
  return {
    meanPr: measured ? finiteOrNull(sum(({ name, units }) => units * activation!.of('mean', name)) / measured) : null,
    neverFired: dead ? sum(({ name }) => dead.of('neverFired', name)) : null,
    units: dead ? sum(({ name }) => dead.of('units', name)) : null,
  };
}
