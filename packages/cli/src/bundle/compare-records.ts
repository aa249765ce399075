import type { EventType, RunReader } from '@reluctant/core';
import { ValueComparison, type FieldDifference } from './compare-values.js';

/** What a run computes: all but times, and what tells of its being stopped and saved. */
const COMPARED: readonly EventType[] = [
  'step.completed',
  'epoch.completed',
  'evaluation.completed',
  'tap.sampled',
  'probe.reading',
  'unit.born-dead',
  'unit.died',
  'unit.revived',
  'intervention.applied',
  'intervention.withheld',
  'simulation.sampled',
  'simulation.predicted',
  'simulation.tabulated',
  'simulation.mapped',
  'simulation.noted',
  'simulation.result',
];

/** Of the log, and of the clock. */
const IGNORED: ReadonlySet<string> = new Set(['seq', 'type', 'time', 'seconds']);

export interface RecordComparison {
  /** Whether all is the same, bit for bit. */
  readonly equal: boolean;
  /** Events that both have. */
  readonly events: number;
  readonly values: number;
  readonly valuesThatDiffer: number;
  /** Kinds of which one has more events than the other. */
  readonly counts: readonly { readonly type: EventType; readonly bundled: number; readonly repeated: number }[];
  readonly differences: readonly FieldDifference[];
}

/** Compares what two runs computed, kind by kind, each in its order. Rejects with the readers' errors. */
export async function compareRecords(bundled: RunReader, repeated: RunReader): Promise<RecordComparison> {
  const comparison = new ValueComparison(IGNORED);
  const counts = [];
  let events = 0;
  for (const type of COMPARED) {
    const [one, other] = [bundled, repeated].map((reader) => reader.events(type)[Symbol.asyncIterator]());
    const seen = [0, 0];
    for (;;) {
      const [left, right] = [await one.next(), await other.next()];
      if (!left.done) seen[0]++;
      if (!right.done) seen[1]++;
      if (left.done && right.done) break;
      if (left.done || right.done) continue;
      events++;
      comparison.compare(type, left.value, right.value);
    }
    if (seen[0] !== seen[1]) counts.push({ type, bundled: seen[0], repeated: seen[1] });
  }
  const fields = [...comparison.fields.values()];
  const differences = fields.filter(({ count }) => count > 0);
  const sum = (of: 'count' | 'of') => fields.reduce((total, field) => total + field[of], 0);
  return {
    equal: counts.length === 0 && differences.length === 0,
    events,
    values: sum('of'),
    valuesThatDiffer: sum('count'),
    counts,
    differences,
  };
}
