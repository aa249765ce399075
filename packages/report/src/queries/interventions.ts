import { plural } from '../html/format.js';
import type { RunRecord } from './run-record.js';

/** What one intervention did in the whole run. A unit that was changed twice counts twice. */
export interface InterventionTotals {
  readonly intervention: string;
  /** In the past tense: what was done to the units. Empty where nothing was. */
  readonly action: string;
  readonly units: number;
  readonly sites: number;
  /** Number of times between steps at which it changed something. */
  readonly times: number;
  /** Units that it would have changed and left alone. */
  readonly withheld: number;
  /** The above: `redo: 12 units re-initialised at 3 sites, after 4 measurements; 2 units left alone.` */
  readonly sentence: string;
}

/** In the order in which they were first told of. */
export function interventionTotals({ interventions }: RunRecord): readonly InterventionTotals[] {
  return [...new Set(interventions.map(({ intervention }) => intervention))].map((intervention) => {
    const own = interventions.filter((event) => event.intervention === intervention);
    const applied = own.filter((event) => event.type === 'intervention.applied');
    const totals = {
      intervention,
      action: applied.at(-1)?.action ?? '',
      units: unitsIn(applied),
      sites: new Set(applied.map(({ site }) => site)).size,
      times: new Set(applied.map(({ step }) => step)).size,
      withheld: unitsIn(own.filter((event) => event.type === 'intervention.withheld')),
    };
    return { ...totals, sentence: sentenceOf(totals) };
  });
}

function sentenceOf(totals: Omit<InterventionTotals, 'sentence'>): string {
  const { intervention, action, units, sites, times, withheld } = totals;
  const parts = [
    units > 0 &&
      `${plural(units, 'unit')} ${action} at ${plural(sites, 'site')}, after ${plural(times, 'measurement')}`,
    withheld > 0 && `${plural(withheld, 'unit')} left alone`,
  ];
  return `${intervention}: ${parts.filter(Boolean).join('; ')}.`;
}

function unitsIn(events: RunRecord['interventions']): number {
  return events.reduce((sum, { units }) => sum + units.length, 0);
}
