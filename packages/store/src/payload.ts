import {
  ReluctantError,
  type EventOf,
  type LogEntry,
  type Reading,
  type StatisticValues,
  type TrainingEvent,
} from '@reluctant/core';

/** Events that carry arrays of one value per unit, which the event log leaves to the tables. */
export type BulkyEvent = EventOf<'tap.sampled' | 'probe.reading'>;

/** Array name → its length, in the order of the values in the tables. */
type Lengths = Readonly<Record<string, number>>;

/** What the log keeps of such an event. */
export type BulkyEntry = Extract<LogEntry, { readonly type: BulkyEvent['type'] }>;

export function isBulky(event: TrainingEvent): event is BulkyEvent {
  return event.type === 'tap.sampled' || event.type === 'probe.reading';
}

/** The per-unit arrays of an event by name. */
export function arraysOf(event: BulkyEvent): [name: string, array: Float64Array | readonly number[]][] {
  const arrays: StatisticValues | Reading['units'] =
    event.type === 'tap.sampled' ? event.sample.values : event.reading.units;
  return Object.entries(arrays).filter(([, array]) => array !== undefined);
}

/** The arrays of an event one after the other. */
export function payloadOf(event: BulkyEvent): Float64Array {
  return Float64Array.from(arraysOf(event).flatMap(([, array]) => Array.from(array)));
}

/** Number of values that were taken out of an event, 0 for one that the log holds whole. */
export function payloadLength(entry: LogEntry): number {
  return Object.values(lengthsOf(entry)).reduce((total, length) => total + length, 0);
}

/**
 * The inverse of `toLogEntry`. `payload` may be longer than needed. Throws `RUN_CORRUPT` where it is too short, or absent
 * though values were taken out.
 */
export function fromLogEntry(entry: LogEntry, payload: Float64Array | undefined): TrainingEvent {
  const needed = payloadLength(entry);
  if (needed > (payload?.length ?? 0)) {
    const missing = `${needed} values of event ${entry.seq} (${entry.type}) are missing from the run's tables`;
    throw new ReluctantError('RUN_CORRUPT', `The ${missing}. Resume the run from its latest checkpoint, or repeat it.`);
  }
  let start = 0;
  const slices = Object.entries(lengthsOf(entry)).map(
    ([name, length]) => [name, payload?.slice(start, (start += length)) ?? new Float64Array(0)] as const,
  );
  if (entry.type === 'tap.sampled')
    return { ...entry, sample: { ...entry.sample, values: Object.fromEntries(slices) } };
  if (entry.type !== 'probe.reading') return entry;
  const units = Object.fromEntries(slices.map(([name, values]) => [name, Array.from(values)]));
  return { ...entry, reading: { ...entry.reading, units } };
}

function lengthsOf(entry: LogEntry): Lengths {
  if (entry.type === 'tap.sampled') return entry.sample.values;
  return entry.type === 'probe.reading' ? entry.reading.units : {};
}
