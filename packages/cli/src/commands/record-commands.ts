import { Option } from 'commander';
import { MEASURES } from '../check/measures.js';
import { agreement } from './agreement.js';
import { check, CHECK_FORMATS } from './check.js';
import { collect, type AddCommand, type BindBody } from './command-line.js';
import { lifecycle } from './lifecycle.js';
import { numberIn } from './number-option.js';

const RUN = '20260131-101500-vgg11-cifar10-1a2b3c4d';
const SITE_HELP = 'only these layers: a name, in which * and ? stand for other characters';

const RULE_HELP = `
Measures: ${MEASURES.join(', ')}.
A count is of units (died, revived: of transitions), with % a share of the scope's units; pr is the mean of Pr[y>0], pr-min the least.
accuracy and loss are of the test split. Operators: <, <=, > and >=. Without a scope, a rule is about the whole network; layer:NAME
may hold * and ?, and fails where any such layer breaks it. A measure that was not recorded is an error (exit code 2), not a pass.`;

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
  command(
    'agreement <run>',
    'how many units each definition of a dead unit flags, and how far the definitions agree',
    `reluctant agreement ${RUN} --epoch 10 --epsilon 0.001`,
  )
    .option('--site <name>', SITE_HELP, '*')
    .option('--epoch <number>', 'the measurement after this epoch; by default the last', numberIn(0, Infinity))
    .option('--step <number>', 'the measurement after this step', numberIn(0, Infinity, { integer: true }))
    .option('--epsilon <share>', 'nearly dead: Pr[y>0] below this; by default what the run used', numberIn(0, 1))
    .option('--tau <score>', 'dormant: score up to this; by default what the run used', numberIn(0, Infinity))
    .option(
      '--window <steps>',
      'silent: in this many training steps; by default since the measurement before',
      numberIn(1, Infinity, { integer: true }),
    )
    .action(bind(agreement));
  command(
    'check <run>',
    'whether a run is good enough: ends with exit code 12 where a rule is broken',
    `reluctant check ${RUN} --fail-on 'never-fired>1%' --fail-on 'layer:conv*.pr<0.02'`,
  )
    .option('--fail-on <rule>', '[layer:NAME.|any-layer.|network.]MEASURE OPERATOR NUMBER[%] (repeatable)', collect, [])
    .addOption(
      new Option(
        '--format <format>',
        'of --out (by default json), otherwise of what is printed (by default text)',
      ).choices(CHECK_FORMATS),
    )
    .option('-o, --out <file>', 'write the result there, atomically, and print it as text as well')
    .option('--epsilon <share>', 'nearly-dead: Pr[y>0] below this; by default what the run used', numberIn(0, 1))
    .option('--tau <score>', 'dormant: score up to this; by default what the run used', numberIn(0, Infinity))
    .addHelpText('after', RULE_HELP)
    .action(bind(check));
}
