import { ReluctantError } from '@reluctant/core';
import { activationByDepth } from '../../queries/activation-by-depth.js';
import { activationOverEpochs } from '../../queries/activation-over-epochs.js';
import { neverFiredOverEpochs } from '../../queries/never-fired-over-epochs.js';
import { sitesOf, type Site } from '../../queries/sites.js';
import { statusSentence } from '../../queries/status.js';
import { trainingCurves } from '../../queries/training-curves.js';
import { unitActivations } from '../../queries/unit-activations.js';
import type {
  ActivationByDepth,
  LayersOverEpochs,
  RunDetail,
  RunListItem,
  TrainingCurves,
  Transition,
  TransitionList,
  UnitActivations,
  UnitDetail,
} from '../api.js';
import type { LiveRecord } from './live-record.js';
import type { OpenedRun } from './live-run.js';

/** Transitions that are told of at once. */
export const LATEST_TRANSITIONS = 100;

/** Of one site. */
const HEAT_MAP_LIMITS = { columns: 200, cells: 400_000 };

export function runDetail({ record }: OpenedRun, item: RunListItem): RunDetail {
  const run = record.toRunRecord([]);
  return {
    item,
    sites: sitesOf(run),
    seq: record.seq,
    statusSentence: statusSentence(run),
    config: record.manifest.config,
    on: record.layers.headline('activation-probability') ?? null,
  };
}

export function training({ record }: OpenedRun): TrainingCurves | null {
  return trainingCurves(record.toRunRecord([])) ?? null;
}

export function layersOverEpochs({ record }: OpenedRun): LayersOverEpochs | null {
  const activation = record.layers.headline('activation-probability');
  const dead = record.layers.headline('dead-units');
  if (!activation && !dead) return null;
  const run = record.toRunRecord();
  return {
    activation: (activation && activationOverEpochs(run, activation)) ?? null,
    neverFired: (dead && neverFiredOverEpochs(run, dead)) ?? null,
  };
}

/** Reads the values of units at the last measurement only. */
export async function depth({ record, reader }: OpenedRun): Promise<ActivationByDepth | null> {
  const probe = 'activation-probability';
  const on = record.layers.headline(probe);
  const last = record.layers.lastComplete(probe);
  if (!on || !last) return null;
  const readings = await reader.readings({ probe, after: last.firstSeq - 1 });
  return activationByDepth(record.toRunRecord(readings), on) ?? null;
}

/** Reads the values of one site only. */
export async function heatMap({ record, reader }: OpenedRun, siteName: string): Promise<UnitActivations | null> {
  const site = requireSite(record, siteName);
  const probe = 'activation-probability';
  const on = record.layers.headline(probe);
  if (!on) return null;
  const readings = await reader.readings({ probe, site: site.name });
  return unitActivations(record.toRunRecord(readings), on, HEAT_MAP_LIMITS)[0] ?? null;
}

export function transitionList({ record }: OpenedRun): TransitionList {
  const { transitions } = record;
  const of = (type: Transition['type']) => transitions.filter((transition) => transition.type === type).length;
  return {
    bornDead: of('unit.born-dead'),
    died: of('unit.died'),
    revived: of('unit.revived'),
    latest: transitions.slice(-LATEST_TRANSITIONS).reverse(),
  };
}

/** Reads the values of one site only. */
export async function unitDetail({ record, reader }: OpenedRun, siteName: string, unit: number): Promise<UnitDetail> {
  const site = requireUnit(record, siteName, unit);
  const curves = new Map<string, { -readonly [K in keyof UnitDetail['measures'][number]]: UnitDetail['measures'][number][K] } & { epochs: number[]; values: (number | null)[] }>(); // prettier-ignore
  for (const { probe, on, epoch, units } of await reader.readings({ site: site.name })) {
    for (const [measure, values] of Object.entries(units)) {
      const value = values[unit];
      if (value === undefined) continue;
      const key = JSON.stringify([probe, measure, on]);
      const curve = curves.get(key) ?? { probe, measure, on, epochs: [], values: [] };
      curves.set(key, curve);
      curve.epochs.push(epoch);
      curve.values.push(Number.isFinite(value) ? value : null);
    }
  }
  return {
    site,
    unit,
    measures: [...curves.values()],
    transitions: record.transitions.filter((transition) => transition.site === site.name && transition.unit === unit),
  };
}

/** Throws `USAGE` where the run has no such unit. */
export function requireUnit(record: LiveRecord, siteName: string, unit: number): Site {
  const site = requireSite(record, siteName);
  if (unit < site.units) return site;
  throw new ReluctantError('USAGE', `Layer ${site.name} has units 0 to ${site.units - 1}: there is no unit ${unit}.`);
}

function requireSite(record: LiveRecord, name: string): Site {
  const site = sitesOf(record.toRunRecord([])).find((known) => known.name === name);
  if (site) return site;
  const shown = JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
  throw new ReluctantError('USAGE', `This run has no layer ${shown}. Choose one of those that the run's page lists.`);
}
