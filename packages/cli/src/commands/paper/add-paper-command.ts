import { availableParallelism } from 'node:os';
import { Option } from 'commander';
import { BUDGETS } from '../../paper/study/load-study.js';
import type { AddCommand, BindBody } from '../command-line.js';
import { numberIn } from '../number-option.js';
import { paper, PAPER_FORMATS } from './paper.js';

/** Adds `paper` to the program. */
export function addPaperCommand(command: AddCommand, bind: BindBody): void {
  command(
    'paper [study]',
    'run the experiments behind each finding of Douglas & Yu 2018, and say which of them hold',
    `reluctant paper                              # a first look, in about three minutes
  reluctant paper --budget standard            # on CIFAR-10, in about an hour on two cores
  reluctant paper --budget standard --resume   # goes on after an interruption
  reluctant paper my-study.yaml --plan         # what a study of yours would run`,
  )
    .addOption(
      new Option('--budget <budget>', 'the study that comes with the project: minutes, an hour, a day')
        .choices(BUDGETS)
        .default(undefined, 'quick'),
    )
    .option('--resume', 'go on with a study that was interrupted or killed', false)
    .option('--plan', 'only list the jobs and which of them are done', false)
    .option(
      '--cores <number>',
      'cores to use; by default all',
      numberIn(1, 4096, { integer: true }),
      availableParallelism(),
    )
    .addOption(
      new Option('--format <format>', 'of the report; md: with a folder of charts (SVG) and numbers (CSV) beside it')
        .choices(PAPER_FORMATS)
        .default('html'),
    )
    .option('-o, --out <file>', 'the report; by default <runs>/paper/<study>.html')
    .action(bind(paper));
}
