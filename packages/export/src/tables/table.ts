/** `integer` is within 32 bits, `long`, which has one value in a block, within 53; a `time` is in UTC, to the millisecond. */
export type ColumnType = 'text' | 'integer' | 'long' | 'number' | 'boolean' | 'time';

/** A value of a table. `null`: it has none. Numbers may be NaN or infinite. */
export type Cell = string | number | boolean | Date | null;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

export interface Table {
  readonly name: TableName;
  readonly columns: readonly Column[];
}

/** Rows that have most in common: for each column one value for all of them, or one for each. */
export interface Block {
  readonly rows: number;
  readonly cells: readonly (Cell | ArrayLike<Cell>)[];
}

export type TableName = keyof typeof COLUMNS;

const RUN = { run: 'text' } as const;
const PLACE = { step: 'integer', epoch: 'number' } as const;
const READING = { ...RUN, probe: 'text', site: 'text', depth: 'integer', series: 'text', ...PLACE, images: 'integer' } as const; // prettier-ignore

/** The tables and their columns: those of the views `reluctant_v1`, which docs/query.md explains. */
const COLUMNS = {
  runs: {
    ...RUN,
    name: 'text',
    created_at: 'time',
    status: 'text',
    seed: 'long',
    architecture: 'text',
    dataset: 'text',
    dataset_digest: 'text',
    engine: 'text',
    device: 'text',
    initializer: 'text',
    optimizer: 'text',
    learning_rate: 'number',
    batch_size: 'integer',
    epochs: 'integer',
    parameters: 'long',
    train_images: 'integer',
    test_images: 'integer',
    probe_images: 'integer',
    classes: 'integer',
    config: 'text',
  },
  sites: {
    ...RUN,
    site: 'text',
    layer: 'text',
    depth: 'integer',
    kind: 'text',
    units: 'integer',
    positions: 'integer',
    skip: 'boolean',
    shift: 'text',
  },
  steps: {
    ...RUN,
    ...PLACE,
    time: 'time',
    loss: 'number',
    accuracy: 'number',
    images: 'integer',
    learning_rate: 'number',
    seconds: 'number',
  },
  epochs: {
    ...RUN,
    epoch: 'number',
    step: 'integer',
    time: 'time',
    train_loss: 'number',
    train_accuracy: 'number',
    seconds: 'number',
  },
  evaluations: {
    ...RUN,
    split: 'text',
    ...PLACE,
    time: 'time',
    loss: 'number',
    accuracy: 'number',
    images: 'integer',
  },
  layer_readings: { ...READING, measure: 'text', value: 'number' },
  unit_readings: { ...READING, measure: 'text', unit: 'integer', value: 'number' },
  transitions: {
    ...RUN,
    transition: 'text',
    probe: 'text',
    site: 'text',
    depth: 'integer',
    unit: 'integer',
    ...PLACE,
    time: 'time',
  },
  interventions: {
    ...RUN,
    intervention: 'text',
    outcome: 'text',
    site: 'text',
    depth: 'integer',
    unit: 'integer',
    ...PLACE,
    time: 'time',
    detail: 'text',
  },
} as const satisfies Record<string, Record<string, ColumnType>>;

export const TABLES: readonly Table[] = (Object.keys(COLUMNS) as TableName[]).map((name) => ({
  name,
  columns: Object.entries<ColumnType>(COLUMNS[name]).map(([column, type]) => ({ name: column, type })),
}));
