import { gzipSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { OutputFile } from '../files/output-file.js';
import type { Cell, ColumnType, Table } from './table.js';
import { varies, type TableSink } from './table-sink.js';

export const COMPRESSIONS = ['snappy', 'gzip', 'none'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

const CODECS = { snappy: 'SNAPPY', gzip: 'GZIP', none: 'UNCOMPRESSED' } as const;
const TYPES = {
  text: 'STRING',
  integer: 'INT32',
  long: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
} as const satisfies Record<ColumnType, string>;

/** So many rows are in memory at a time. */
const ROWS_PER_GROUP = 100_000;

/** A table as a Parquet file. */
export function parquetSink(file: OutputFile, { columns }: Table, compression: Compression): TableSink {
  const sources = columns.map(({ name, type }) => ({ name, type: TYPES[type], nullable: true }));
  const bytes = new ByteWriter();
  const flush = async () => {
    await file.write(bytes.getBytes().slice());
    bytes.index = 0;
  };
  const parquet = new ParquetWriter({
    writer: Object.assign(bytes, { flush, finish: flush }),
    schema: schemaFromColumnData({ columnData: sources.map((source) => ({ ...source, data: [] })) }),
    codec: CODECS[compression],
    compressors: { GZIP: (input) => gzipSync(input) },
    createdBy: 'reluctant',
  });
  let data: (Cell | bigint)[][] = columns.map(() => []);

  async function writeGroup(): Promise<void> {
    const columnData = sources.map((source, column) => ({
      ...source,
      data: data[column] as never[],
      // The writer's dictionaries take −0 for 0; plain encoding keeps every bit.
      ...(source.type === 'DOUBLE' &&
        data[column].some((cell) => Object.is(cell, -0)) && { encoding: 'PLAIN' as const }),
    }));
    data = columns.map(() => []);
    await parquet.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
  }

  return {
    async add({ rows, cells }) {
      cells.forEach((cell, column) => {
        const target = data[column];
        if (varies(cell)) for (let row = 0; row < rows; row++) target.push(cell[row]);
        else {
          const value = columns[column].type === 'long' && typeof cell === 'number' ? BigInt(cell) : cell;
          for (let row = 0; row < rows; row++) target.push(value);
        }
      });
      if (data[0].length >= ROWS_PER_GROUP) await writeGroup();
    },
    async end() {
      if (data[0].length > 0) await writeGroup();
      await parquet.finish();
    },
  };
}
