import type { EventOf, Stamp, TrainingEvent } from '../events/training-event.js';
import type { Reading } from '../probe/probe.js';
import type { TapSample } from '../probe/tap.js';

/** Array name → its length. */
type Lengths = Readonly<Record<string, number>>;

/** An event as a log keeps it: where it carries one value per unit, with the lengths of its arrays in place of the arrays. */
export type LogEntry =
  | Exclude<TrainingEvent, EventOf<'tap.sampled' | 'probe.reading'>>
  | (Stamp & {
      readonly type: 'tap.sampled';
      readonly sample: Omit<TapSample, 'values'> & { readonly values: Lengths };
    })
  | (Stamp & {
      readonly type: 'probe.reading';
      readonly reading: Omit<Reading, 'units'> & { readonly units: Lengths };
    });

export function toLogEntry(event: TrainingEvent): LogEntry {
  switch (event.type) {
    case 'tap.sampled':
      return { ...event, sample: { ...event.sample, values: lengthsOf(event.sample.values) } };
    case 'probe.reading':
      return { ...event, reading: { ...event.reading, units: lengthsOf(event.reading.units) } };
    default:
      return event;
  }
}

function lengthsOf(arrays: Readonly<Record<string, ArrayLike<number> | undefined>>): Lengths {
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) => (array === undefined ? [] : [[name, array.length]])),
  );
}
