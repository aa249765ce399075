import { COMPRESSIONS } from '@reluctant/export';
import { Option } from 'commander';
import type { AddCommand, BindBody } from '../command-line.js';
import { EXPORT_FORMATS, exportRuns } from './export-runs.js';

const HELP = `
tensorboard  a folder a run, with scalars, histograms of Pr[y>0] and the experiment: tensorboard --logdir DIR
parquet, csv one file a table with all runs in it: runs, sites, steps, epochs, evaluations, layer_readings, unit_readings,
             transitions, interventions. Their columns are those of the views of \`reluctant query --views\`.

More examples:
  reluctant export runs/* --format parquet --compression gzip --out tables
  python3 -c "import pandas; print(pandas.read_parquet('tables/unit_readings.parquet'))"`;

/** `reluctant export`: runs in the formats of other tools. */
export function addExportCommand(command: AddCommand, bind: BindBody): void {
  command(
    'export <runs...>',
    'write runs as TensorBoard event files, or as tables in Parquet or CSV',
    'reluctant export runs/* --format tensorboard --out board',
  )
    .addOption(new Option('--format <format>', 'what to write').choices(EXPORT_FORMATS).makeOptionMandatory())
    .requiredOption('-o, --out <folder>', 'where to; made if it is not there')
    .option('--force', 'replace files that are there already')
    .addOption(new Option('--compression <kind>', 'of Parquet, by default snappy').choices(COMPRESSIONS))
    .addHelpText('after', HELP)
    .action(bind(exportRuns));
}
