import { ReluctantError, RunStore } from '@reluctant/core';
import { exportTables, exportTensorBoard, type Compression, type ExportedFile } from '@reluctant/export';
import { formatTable } from '../../output/table.js';
import { plainText } from '../../output/plain-text.js';
import { whileWatched } from '../../run-with-progress.js';
import type { CommandContext } from '../command-context.js';

export const EXPORT_FORMATS = ['tensorboard', 'parquet', 'csv'] as const;

export interface ExportCommandOptions {
  readonly format: (typeof EXPORT_FORMATS)[number];
  /** The folder. */
  readonly out: string;
  readonly force?: boolean;
  readonly compression?: Compression;
}

/** `reluctant export RUN…`: runs, finished or not, in the formats of other tools. */
export async function exportRuns(
  { container, output }: CommandContext,
  runs: readonly string[],
  { format, out, force, compression }: ExportCommandOptions,
): Promise<void> {
  if (compression !== undefined && format !== 'parquet') {
    throw new ReluctantError('USAGE', `--compression is for --format parquet; ${format} has none.`);
  }
  const store = container.get(RunStore);
  const readers = await Promise.all(runs.map((run) => store.open(run)));
  const files = await whileWatched(output, 'Leaving no file behind.', async ({ signal, display }) => {
    const track = display.track('Exporting');
    const options = {
      folder: out,
      force,
      signal,
      onProgress: (done: number, total: number) => track(`${done} of ${total} runs`, done, total),
    };
    display.preparing('Exporting');
    if (format === 'tensorboard') return exportTensorBoard(readers, options);
    return exportTables(readers, { ...options, format, compression });
  });
  output.printJson({ format, files });
  output.print(formatFiles(files, format === 'tensorboard' ? 'values' : 'rows'));
  if (format === 'tensorboard') output.print(`Look at them: tensorboard --logdir ${plainText(out, 200)}`);
}

function formatFiles(files: readonly ExportedFile[], counted: string): string {
  return formatTable(
    ['file', counted],
    files.map(({ path, rows }) => [plainText(path, 200), rows.toLocaleString('en')]),
  );
}
