import type { BasicType, ColumnSource } from 'hyparquet-writer';
import { arraysOf, type BulkyEvent } from './payload.js';

/** The `unit` of rows about a whole layer, and the `position` of values that are summed over positions. */
export const WHOLE = -1;

type Cell = string | number | bigint;
type Row<C extends string> = Readonly<Record<C, Cell>>;

const READING_COLUMNS = {
  seq: 'INT64',
  probe: 'STRING',
  site: 'STRING',
  on: 'STRING',
  step: 'INT64',
  epoch: 'DOUBLE',
  images: 'INT64',
  measure: 'STRING',
  unit: 'INT32',
  value: 'DOUBLE',
} as const satisfies Record<string, BasicType>;

const TAP_COLUMNS = {
  seq: 'INT64',
  site: 'STRING',
  at: 'STRING',
  on: 'STRING',
  step: 'INT64',
  epoch: 'DOUBLE',
  images: 'INT64',
  elements: 'INT64',
  statistic: 'STRING',
  position: 'INT32',
  unit: 'INT32',
  value: 'DOUBLE',
} as const satisfies Record<string, BasicType>;

/**
 * One row a value, in the order of the events. The rows of an event begin with its per-unit arrays one after the other, as
 * `payloadOf` gives them; a reading's whole-layer measures follow with unit −1.
 */
export function parquetColumns(events: readonly BulkyEvent[]): ColumnSource[] {
  return events[0]?.type === 'tap.sampled'
    ? toColumns(TAP_COLUMNS, events, tapRows)
    : toColumns(READING_COLUMNS, events, readingRows);
}

function* readingRows(event: BulkyEvent): Generator<Row<keyof typeof READING_COLUMNS>> {
  if (event.type !== 'probe.reading') return;
  const { probe, site, on, step, epoch, images, layer } = event.reading;
  const common = { seq: BigInt(event.seq), probe, site, on, step: BigInt(step), epoch, images: BigInt(images) };
  for (const [measure, values] of arraysOf(event)) {
    for (let unit = 0; unit < values.length; unit++) yield { ...common, measure, unit, value: values[unit] };
  }
  for (const [measure, value] of Object.entries(layer)) yield { ...common, measure, unit: WHOLE, value };
}

function* tapRows(event: BulkyEvent): Generator<Row<keyof typeof TAP_COLUMNS>> {
  if (event.type !== 'tap.sampled') return;
  const { site, at, on, step, epoch, images, elements } = event.sample;
  const common = {
    ...{ seq: BigInt(event.seq), site, at, on, step: BigInt(step), epoch },
    ...{ images: BigInt(images), elements: BigInt(elements) },
  };
  for (const [statistic, values] of arraysOf(event)) {
    const perPosition = statistic === 'positionFired';
    const units = perPosition ? Math.max(1, Math.round((values.length * images) / elements)) : values.length;
    for (let i = 0; i < values.length; i++) {
      const position = perPosition ? Math.floor(i / units) : WHOLE;
      yield { ...common, statistic, position, unit: i % units, value: values[i] };
    }
  }
}

function toColumns<C extends string>(
  types: Readonly<Record<C, BasicType>>,
  events: readonly BulkyEvent[],
  rows: (event: BulkyEvent) => Iterable<Row<C>>,
): ColumnSource[] {
  const names = Object.keys(types) as C[];
  const columns = names.map((name) => ({ name, data: [] as Cell[], type: types[name], nullable: false }));
  for (const event of events) {
    for (const row of rows(event)) {
      for (const { name, data } of columns) data.push(row[name]);
    }
  }
  // The writer's dictionaries take −0 for 0; plain encoding keeps every bit.
  return columns.map((column) =>
    column.data.some((cell) => Object.is(cell, -0)) ? { ...column, encoding: 'PLAIN' } : column,
  );
}
