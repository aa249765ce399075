import { collect, type AddCommand, type BindBody } from '../command-line.js';
import { numberIn } from '../number-option.js';
import { bornDead } from './born-dead.js';

const HELP = `
Without a file, fully connected networks are drawn, whose --depth L means L - 1 hidden layers of --width units. --inputs is one of
  grid:FROM:TO:N      N points along each axis            (default grid:-1.7320508:1.7320508:21)
  point:X1,X2,...     a single input
  normal:N            N standard normal inputs, the same for every network
  orthant             every input without a negative coordinate (one hidden layer)
and --bias one of zero, a number, normal:SIGMA.
With an experiment file, its network is drawn, and looked at on its probe split in evaluation mode.

A unit is dead where it fires on none of these inputs, a layer silent where all of its units are dead. A fully connected network
is born dead where some hidden layer is silent: its output is constant then.
`;

/** `reluctant born-dead [FILE]` */
export function addBornDeadCommand(command: AddCommand, bind: BindBody): void {
  command(
    'born-dead [file]',
    'how probable it is that a network starts with dead units, or is dead as a whole',
    'reluctant born-dead --width 2 --depth 10 --initializer he-normal --initializer randomized-asymmetric\n' +
      '  reluctant born-dead examples/textures-vgg.yaml --draws 50 --set architecture.batchNorm=true',
  )
    .option('--draws <number>', 'networks to draw; 200000, or 20 with a file', numberIn(1, 1e9, { integer: true }))
    .option('--initializer <kind>', 'how weights are drawn; compares several where repeated', collect, [])
    .option(
      '--seed <number>',
      "everything random derives from it; 1, or the file's",
      numberIn(0, 2 ** 53, { integer: true }),
    )
    .option('--confidence <share>', 'of the intervals', numberIn(0, 1, { open: true }), 0.95)
    .option('--width <units>', 'units of every hidden layer, or of each: 8,4,2')
    .option('--depth <layers>', 'layers, the output layer counted', numberIn(2, 10_001, { integer: true }))
    .option('--inputs <set>', 'the inputs on which units are looked at')
    .option('--input-dimension <number>', 'coordinates of an input; 1', numberIn(1, Infinity, { integer: true }))
    .option('--bias <bias>', "how biases are drawn; the initializer's own, zero for most")
    .option(
      '--target-error <share>',
      'stop once half the interval of the share of born-dead networks is this narrow',
      numberIn(0, 1, { open: true }),
    )
    .option('--images <number>', 'images of the probe split to look at; all', numberIn(1, Infinity, { integer: true }))
    .option('--set <path=value>', 'override a value of the file (repeatable)', collect, [])
    .addHelpText('after', HELP)
    .action(bind(bornDead));
}
