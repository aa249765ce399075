import { ACTIVATION_LEVELS, type TapSample } from '@reluctant/core';
import type { BasicType, ColumnSource } from 'hyparquet-writer';
import { arraysOf, type BulkyEvent } from './payload.js';

/** The `unit` of rows about a whole layer, and the `position` and `image` of values that are summed over positions and images. */
export const WHOLE = -1;

type Cell = string | number | bigint;
type Cells<C extends string> = Readonly<Record<C, Cell>>;

const READING_TYPES = {
  seq: 'INT32',
  probe: 'STRING',
  site: 'STRING',
  on: 'STRING',
  step: 'INT32',
  epoch: 'DOUBLE',
  images: 'INT32',
  measure: 'STRING',
  unit: 'INT32',
  value: 'DOUBLE',
} as const satisfies Record<string, BasicType>;

const TAP_TYPES = {
  seq: 'INT32',
  site: 'STRING',
  at: 'STRING',
  on: 'STRING',
  step: 'INT32',
  epoch: 'DOUBLE',
  images: 'INT32',
  elements: 'INT64',
  statistic: 'STRING',
  position: 'INT32',
  image: 'INT32',
  unit: 'INT32',
  value: 'DOUBLE',
} as const satisfies Record<string, BasicType>;

/**
 * One row a value, in the order of the events. The rows of an event begin with its per-unit arrays one after the other, as
 * `payloadOf` gives them; a reading's whole-layer measures follow with unit −1.
 */
export function parquetColumns(events: readonly BulkyEvent[]): ColumnSource[] {
  return events[0]?.type === 'tap.sampled' ? tapColumns(events) : readingColumns(events);
}

function readingColumns(events: readonly BulkyEvent[]): ColumnSource[] {
  const columns = new Columns(READING_TYPES);
  for (const event of events) {
    if (event.type !== 'probe.reading') continue;
    const { probe, site, on, step, epoch, images, layer } = event.reading;
    const common = { seq: event.seq, probe, site, on, step, epoch, images };
    for (const [measure, values] of arraysOf(event)) {
      columns.add(values.length, { ...common, measure }, { unit: (i) => i, value: (i) => values[i] });
    }
    for (const [measure, value] of Object.entries(layer))
      columns.add(1, { ...common, measure, unit: WHOLE, value }, {});
  }
  return columns.sources();
}

function tapColumns(events: readonly BulkyEvent[]): ColumnSource[] {
  const columns = new Columns(TAP_TYPES);
  for (const event of events) {
    if (event.type !== 'tap.sampled') continue;
    const { site, at, on, step, epoch, images, elements } = event.sample;
    const common = { seq: event.seq, site, at, on, step, epoch, images, elements: BigInt(elements) };
    for (const [statistic, values] of arraysOf(event)) {
      const rows = rowsOf(statistic, event.sample);
      const perImage = statistic === 'firedPerImage';
      const units = rows === undefined ? values.length : Math.max(1, Math.round(values.length / rows));
      columns.add(
        values.length,
        { ...common, statistic },
        {
          position: (i) => (rows === undefined ? WHOLE : Math.floor(i / units)),
          image: (i) => (perImage ? i : WHOLE),
          unit: (i) => (perImage ? WHOLE : i % units),
          value: (i) => values[i],
        },
      );
    }
  }
  return columns.sources();
}

/** How many rows of units a statistic has, where it has more than one number for each: positions, or levels. */
function rowsOf(statistic: string, { elements, images }: TapSample): number | undefined {
  if (statistic === 'positionFired') return elements / images;
  return statistic === 'exceedances' ? ACTIVATION_LEVELS.length : undefined;
}

class Columns<C extends string> {
  private readonly data: Record<C, Cell[]>;

  constructor(private readonly types: Readonly<Record<C, BasicType>>) {
    this.data = Object.fromEntries(Object.keys(types).map((name) => [name, []])) as unknown as Record<C, Cell[]>;
  }

  /** Adds rows that have `common` in common and differ in the rest. */
  add<V extends C>(
    rows: number,
    common: Cells<Exclude<C, V>>,
    varying: Readonly<Record<V, (row: number) => Cell>>,
  ): void {
    for (const [name, cell] of Object.entries<Cell>(common)) {
      const column = this.data[name as C];
      for (let row = 0; row < rows; row++) column.push(cell);
    }
    for (const [name, cellOf] of Object.entries<(row: number) => Cell>(varying)) {
      const column = this.data[name as C];
      for (let row = 0; row < rows; row++) column.push(cellOf(row));
    }
  }

  sources(): ColumnSource[] {
    return Object.entries<Cell[]>(this.data).map(([name, data]) => {
      // An index of which pages hold which events.
      const columnIndex = name === 'seq';
      const source = { name, data, type: this.types[name as C], nullable: false, columnIndex };
      // The writer's dictionaries take −0 for 0; plain encoding keeps every bit.
      return data.some((cell) => Object.is(cell, -0)) ? { ...source, encoding: 'PLAIN' as const } : source;
    });
  }
}
