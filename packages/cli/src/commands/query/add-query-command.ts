import { Option } from 'commander';
import { collect, type AddCommand, type BindBody } from '../command-line.js';
import { query } from './query.js';
import { RESULT_FORMATS } from './result-formats.js';

const HELP = `
The views runs, sites, steps, epochs, evaluations, layer_readings, unit_readings, transitions, interventions and events (schema
reluctant_v1) hold every run of the folder --runs, finished or not. --views lists their columns, docs/query.md explains them. A query can
read them and nothing else. The dialect is DuckDB's.

More examples:
  reluctant query "SELECT initializer, depth, avg(value) AS dead FROM unit_readings JOIN runs USING (run)
    WHERE measure = 'neverFired' AND epoch = epochs GROUP BY ALL ORDER BY ALL"
  reluctant query "SELECT run, site, min(epoch) FROM layer_readings WHERE probe = 'activation-probability'
    AND series = 'probe-split' AND measure = 'mean' AND value < 0.5 GROUP BY ALL"
  reluctant query --file question.sql --run RUN --out answer.parquet
  echo 'SELECT name, status FROM runs' | reluctant query - --format markdown`;

/** `reluctant query`: SQL over recorded runs. */
export function addQueryCommand(command: AddCommand, bind: BindBody): void {
  command(
    'query [sql]',
    'ask recorded runs in SQL; - reads the query from standard input',
    'reluctant query "SELECT run, max(accuracy) FROM evaluations GROUP BY run"',
  )
    .option('--file <file>', 'read the query from there')
    .option('--run <run>', 'of this run only (repeatable)', collect, [])
    .addOption(
      new Option('--format <format>', 'by default a table, or what the name of --out says').choices(RESULT_FORMATS),
    )
    .option('-o, --out <file>', 'write the answer there, atomically')
    .option('--memory <size>', 'how much a query may take, by default 2GB')
    .option('--views', 'list the views with their columns, and examples')
    .addHelpText('after', HELP)
    .action(bind(query));
}
