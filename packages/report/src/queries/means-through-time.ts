import { chunks } from './chunks.js';

/** Epoch of the first and last measurement of a column. */
export interface EpochSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Histograms of measurements that follow each other, as columns of which there are `most` at most: each the mean of its measurements.
 * Needs a measurement; all have as many bins.
 * @returns `rows` [bin][column]
 */
export function meansThroughTime(
  measured: readonly { readonly epoch: number; readonly bins: readonly number[] }[],
  most: number,
): { readonly rows: readonly (readonly number[])[]; readonly columns: readonly EpochSpan[] } {
  const columns = chunks(measured, most);
  return {
    rows: measured[0]!.bins.map((_, bin) =>
      columns.map((column) => column.reduce((sum, { bins }) => sum + bins[bin]!, 0) / column.length),
    ),
    columns: columns.map((column) => ({ from: column[0]!.epoch, to: column.at(-1)!.epoch })),
  };
}
