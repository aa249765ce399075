import { finiteOrNull } from './finite-or-null.js';
import { headlineSeries, lastComplete, measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** Counts of transitions (a unit may die and revive several times). */
export interface TransitionCounts {
  readonly bornDead: number;
  readonly died: number;
  readonly revived: number;
}

export interface LifeCycle extends TransitionCounts {
  readonly layers: readonly (TransitionCounts & {
    readonly site: Site;
    /** Units dead at the last measurement; `null` where it was not read. */
    readonly deadAtEnd: number | null;
  })[];
  /** The measurements at which something happened, by step. */
  readonly timeline: readonly (TransitionCounts & { readonly step: number; readonly epoch: number })[];
}

/** Births, deaths and revivals; undefined where the life-cycle probe did not run. */
export function lifeCycle(record: RunRecord): LifeCycle | undefined {
  const on = headlineSeries(record, 'unit-lifecycle');
  if (!on && record.transitions.length === 0) return undefined;
  const last = on && lastComplete(measurementsOf(record, 'unit-lifecycle', on));
  const layers = sitesOf(record)
    .map((site) => ({
      site,
      ...count(record.transitions.filter((event) => event.site === site.name)),
      deadAtEnd: finiteOrNull(last?.readings.get(site.name)?.layer['dead']),
    }))
    .filter((layer) => layer.deadAtEnd !== null || layer.bornDead + layer.died + layer.revived > 0);
  const steps = [...new Set(record.transitions.map((event) => event.step))].sort((a, b) => a - b);
  const timeline = steps.map((step) => {
    const events = record.transitions.filter((event) => event.step === step);
    return { step, epoch: events[0]!.epoch, ...count(events) };
  });
  return { ...count(record.transitions), layers, timeline };
}

function count(events: RunRecord['transitions']): TransitionCounts {
  const of = (type: (typeof events)[number]['type']) => events.filter((event) => event.type === type).length;
  return { bornDead: of('unit.born-dead'), died: of('unit.died'), revived: of('unit.revived') };
}
