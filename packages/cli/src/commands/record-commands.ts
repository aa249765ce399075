import type { AddCommand, BindBody } from './command-line.js';
import { lifecycle } from './lifecycle.js';
import { numberIn } from './number-option.js';

const RUN = '20260131-101500-vgg11-cifar10-1a2b3c4d';
const SITE_HELP = 'only these layers: a name, in which * and ? stand for other characters';

/** Questions about what a run has recorded: how its units live, how definitions of death agree, and whether it is good enough. */
export function addRecordCommands(command: AddCommand, bind: BindBody): void {
  command(
    'lifecycle <run>',
    'which units were born dead, died and revived, and how long units survive',
    `reluctant lifecycle ${RUN} --site 'conv*'`,
  )
    .option('--site <name>', SITE_HELP, '*')
    .option('--confidence <share>', 'of bands and intervals', numberIn(0, 1, { open: true }), 0.95)
    .action(bind(lifecycle));
}
