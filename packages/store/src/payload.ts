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

/** The entry of a bulky event. */
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
  if (entry.type === 'tap.sampled') {
    const values = cut(entry.sample.values, payload, (part) => part.slice());
    return { ...entry, sample: { ...entry.sample, values } };
  }
  if (entry.type !== 'probe.reading') return entry;
  return { ...entry, reading: { ...entry.reading, units: cut(entry.reading.units, payload, numbersOf) } };
}

/** Cuts a payload into arrays of these lengths. */
function cut<A>(
  lengths: Lengths,
  payload: Float64Array = new Float64Array(0),
  copy: (part: Float64Array) => A,
): Record<string, A> {
  let start = 0;
  const arrays = Object.entries(lengths).map(
    ([name, length]) => [name, copy(payload.subarray(start, (start += length)))] as const,
  );
  return Object.fromEntries(arrays);
}

/** As `Array.from`, which takes a typed array several times as long, number by number. */
function numbersOf(values: Float64Array): number[] {
  const numbers = new Array<number>(values.length);
  for (let i = 0; i < values.length; i++) numbers[i] = values[i];
  return numbers;
}

function lengthsOf(entry: LogEntry): Lengths {
  if (entry.type === 'tap.sampled') return entry.sample.values;
  return entry.type === 'probe.reading' ? entry.reading.units : {};
}
