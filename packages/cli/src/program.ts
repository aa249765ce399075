import { EXIT_CODES, ReluctantError } from '@reluctant/core';
import { Argument, Command, CommanderError, Option } from 'commander';
import { DEFAULT_RUNS } from './default-runs.js';
import { addBornDeadCommand } from './commands/born-dead/add-born-dead-command.js';
import { addBundleCommand } from './commands/bundle/add-bundle-command.js';
import { collect, type AddCommand, type BindBody, type CommandBody } from './commands/command-line.js';
import { createCommandContext, type GlobalOptions } from './commands/command-context.js';
import { ablate } from './commands/ablate/ablate.js';
import { addAblateOptions } from './commands/ablate/ablate-options.js';
import { numberIn } from './commands/number-option.js';
import { addExportCommand } from './commands/export/add-export-command.js';
import { addPaperCommand } from './commands/paper/add-paper-command.js';
import { addQueryCommand } from './commands/query/add-query-command.js';
import { doctor } from './commands/doctor.js';
import { list, LISTS } from './commands/list.js';
import { quickstart } from './commands/quickstart.js';
import { report, REPORT_FORMATS } from './commands/report.js';
import { resume, run } from './commands/run.js';
import { schema } from './commands/schema.js';
import { serve } from './commands/serve.js';
import { addRecordCommands } from './commands/record-commands.js';
import { addSingleUnitCommands } from './commands/single-unit/single-unit-commands.js';
import { addServeOptions, addWatchOptions } from './live/serve-options.js';
import { printErrorJson, tellError } from './output/output.js';
import { packageVersion } from './package-version.js';

const EXIT_CODE_HELP = `
Exit codes:
  0 done   2 wrong usage   3 experiment file   4 plugin   5 data not found   6 data corrupt   7 engine
  8 the loss diverged   9 run not found or unreadable   10 the record can't be written   11 a probe failed
  12 a rule of \`reluctant check\` was broken   13 the page can't be served   1 a defect of ours   130 interrupted (what was done is saved, or printed)

Examples:
  reluctant quickstart
  reluctant paper --budget standard
  reluctant run examples/vgg-cifar10.yaml --set training.epochs=5 --set initializer=glorot-normal
  reluctant single-unit evolve examples/single-unit/dying-unit.yaml
  reluctant report runs/*            one report that compares them
  reluctant check RUN --fail-on 'never-fired>1%'
  reluctant serve                    watch runs in the browser
  reluctant query "SELECT run, max(accuracy) FROM evaluations GROUP BY run"
  reluctant export runs/* --format tensorboard --out board
  reluctant bundle RUN -o run.tar.gz && reluctant run --from run.tar.gz
  reluctant list runs --json | jq -r '.[0].id'`;

/** The `reluctant` command. `act` runs a command's body; the program itself only reads the command line. */
function createProgram(act: (body: CommandBody<[]>, options: GlobalOptions) => Promise<void>): Command {
  const program = new Command('reluctant')
    .description('Finds out which ReLU units of a neural network stop firing, when, and why.')
    .version(packageVersion())
    .option('--json', 'print the result as one JSON document', false)
    .option('--quiet', 'no progress', false)
    .option('--debug', 'stack traces with errors', false)
    .option('--runs <folder>', 'where runs are kept', DEFAULT_RUNS)
    .option('--plugin <module>', 'load a plugin module: a path or a package name (repeatable)', collect, [])
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EXIT_CODE_HELP)
    .showSuggestionAfterError()
    .exitOverride();

  /** A command whose global options may stand before or after its name. */
  const command: AddCommand = (name, description, example, parent = program) =>
    parent.command(name).description(description).addHelpText('after', `\nExample:\n  ${example}`).exitOverride();
  const bind: BindBody =
    (body) =>
    (...received: unknown[]) => {
      const instance = received.at(-1) as Command;
      const args = received.slice(0, -1);
      return act((context) => body(context, ...(args as never[])), instance.optsWithGlobals());
    };

  addWatchOptions(
    command(
      'run [file]',
      'train or simulate as an experiment file says, and write the report',
      'reluctant run examples/vgg-cifar10.yaml --set training.epochs=1 --watch',
    ),
  )
    .option('--set <path=value>', 'override a value of the file (repeatable)', collect, [])
    .option('--from <bundle>', 'repeat the run of a bundle instead, and tell whether the result is the same')
    .action(bind(run));
  addWatchOptions(
    command(
      'resume <run>',
      'go on with an interrupted or killed run',
      'reluctant resume 2026-01-31-vgg-cifar10-k3x9 --watch',
    ),
  ).action(bind(resume));
  command(
    'report <runs...>',
    'write a report about runs, as one file or as a file for each of its charts',
    `reluctant report runs/* --out comparison.html
  reluctant report RUN --format md                                # with pictures and numbers in a folder beside it
  reluctant report RUN --chart help                               # lists the charts
  reluctant report RUN --format png --chart loss --scale 3 --out figures`,
  )
    .addOption(
      new Option(
        '--format <format>',
        'html or md: one file; svg, png or csv (all numbers): a file a chart, into a folder',
      )
        .choices(REPORT_FORMATS)
        .default('html'),
    )
    .option(
      '-o, --out <path>',
      'the file, or the folder of charts; by default beside the record of a single run, or in the working directory',
    )
    .option('--chart <id>', 'only this chart, of all the runs if the id names none; "help" lists the charts')
    .option('--scale <factor>', 'pixels of a PNG for each CSS pixel; by default 2', numberIn(0.25, 10))
    .action(bind(report));
  addServeOptions(
    command(
      'serve [runs]',
      'show a folder of runs in the browser, those that are under way live',
      'reluctant serve runs --open',
    ),
  ).action(bind(serve));
  addAblateOptions(
    command(
      'ablate <run>',
      'take dead units of a recorded network away, and tell what that changes beside random live ones',
      'reluctant ablate 2026-01-31-vgg-cifar10-k3x9 --definition never-fired --random 5',
    ),
  ).action(bind(ablate));
  command('list', 'list plugins or runs', 'reluctant list runs')
    .addArgument(new Argument('[what]', 'what to list').choices([...LISTS]).default('plugins'))
    .action(bind(list));
  command(
    'schema',
    'print the JSON Schema of experiment files, for editors',
    'reluctant schema > experiment.schema.json',
  ).action(bind(schema));
  command('doctor', 'show engines, data and versions, and what to install', 'reluctant doctor').action(bind(doctor));
  command(
    'quickstart',
    'train a small VGG and ResNet and simulate single units, in under three minutes',
    'reluctant quickstart',
  ).action(bind(quickstart));
  addPaperCommand(command, bind);
  addBundleCommand(command, bind);
  addRecordCommands(command, bind);
  addQueryCommand(command, bind);
  addExportCommand(command, bind);
  addBornDeadCommand(command, bind);
  addSingleUnitCommands(command, bind);
  return program;
}

/** Runs a command line. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  const wanted = { json: argv.includes('--json'), debug: argv.includes('--debug') };
  let exitCode = 0;
  const program = createProgram(async (body, options) => {
    exitCode = (await body(await createCommandContext(options))) ?? 0;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // commander has told a person on standard error; without a command it showed the help, which is no message.
      const message = error.code === 'commander.help' ? 'Give a command.' : error.message.replace(/^error: /, '');
      if (wanted.json) printErrorJson(new ReluctantError('USAGE', message));
      return EXIT_CODES.USAGE;
    }
    return tellError(error, wanted);
  }
}
