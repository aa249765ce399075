import { parquetRead, type DecodedArray } from 'hyparquet';

/** Rows from `start` up to `end`, exclusive, counted from the first of the file. */
interface Rows {
  readonly start: number;
  end: number;
}

/** What some rows hold in one column. */
interface Chunk extends Rows {
  readonly data: DecodedArray;
}

/**
 * The values of the events `seqs` in a Parquet file whose rows are in the order of events, by sequence number. Decodes the pages
 * that hold them and no others; row groups instead of pages where the file has no index of its pages, as older versions wrote
 * them. Rejects with a plain error for what is not such a file.
 */
export async function readRowsOf(seqs: readonly number[], file: ArrayBuffer): Promise<Map<number, Float64Array>> {
  const columns: Record<string, Chunk[]> = { seq: [], value: [] };
  await parquetRead({
    file,
    columns: ['seq', 'value'],
    rowFormat: 'object',
    filter: { seq: { $in: [...seqs] } },
    usePageIndex: true,
    onChunk: ({ columnName, columnData, rowStart, rowEnd }) =>
      columns[columnName].push({ start: rowStart, end: rowEnd, data: columnData }),
  });
  const inOrder = (a: Rows, b: Rows) => a.start - b.start;
  return valuesOf(rowsOf(new Set(seqs), columns.seq.sort(inOrder)), columns.value.sort(inOrder));
}

/** The rows of each wanted event. */
function rowsOf(wanted: ReadonlySet<number>, chunks: readonly Chunk[]): Map<number, Rows> {
  const rows = new Map<number, Rows>();
  for (const { start, data } of chunks) {
    for (let from = 0, to = 0; from < data.length; from = to) {
      const seq = Number(data[from]);
      while (to < data.length && Number(data[to]) === seq) to++;
      // They may go on in the next page.
      const begun = rows.get(seq);
      if (begun) begun.end = start + to;
      else if (wanted.has(seq)) rows.set(seq, { start: start + from, end: start + to });
    }
  }
  return rows;
}

const NOTHING: Chunk = { start: 0, end: 0, data: [] };

/** Those in one chunk are not copied. */
function valuesOf(rows: ReadonlyMap<number, Rows>, chunks: readonly Chunk[]): Map<number, Float64Array> {
  let first = 0;
  const valuesOfRows = ({ start, end }: Rows) => {
    while (first < chunks.length && chunks[first].end <= start) first++;
    const { start: offset, end: last, data } = chunks[first] ?? NOTHING;
    if (offset <= start && end <= last && data instanceof Float64Array)
      return data.subarray(start - offset, end - offset);
    const values = new Float64Array(end - start);
    let filled = 0;
    for (let i = first; i < chunks.length && chunks[i].start < end; i++) {
      const { start: offset, data } = chunks[i];
      const [from, to] = [Math.max(start, offset), Math.min(end, chunks[i].end)];
      values.set(data.slice(from - offset, to - offset) as ArrayLike<number>, from - start);
      filled += to - from;
    }
    if (filled !== values.length) throw new Error(`values of rows ${start} to ${end} are missing`);
    return values;
  };
  return new Map(Array.from(rows, ([seq, its]) => [seq, valuesOfRows(its)]));
}
