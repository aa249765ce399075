import { collect, type AddCommand, type BindBody } from '../command-line.js';
import { ask, QUESTIONS } from './ask.js';
import { evaluate } from './evaluate.js';
import { fit } from './fit.js';

/** What is asked, whether it can be asked without a file, and an example. */
const ASKED = [
  [
    'evolve',
    '<file>',
    'how E[w], Cov[w], Pr[y>0] and the error evolve: three theories beside a simulation',
    'reluctant single-unit evolve examples/single-unit/dying-unit.yaml',
  ],
  [
    'rates',
    '[file]',
    'how slowly a unit converges, by how often it fires at its optimum',
    'reluctant single-unit rates --set stepSize=0.01',
  ],
  [
    'death',
    '[file]',
    'how probable it is that a unit stops firing, by step size, size, noise and initialisation',
    'reluctant single-unit death --set trials=1000 --json',
  ],
  [
    'map',
    '[file]',
    'from where a unit dies: the phase portrait over norm and angle of its first weights',
    'reluctant single-unit map --set teacher.bias=-1.3',
  ],
] as const;

/** `reluctant single-unit …`: questions to the convergence theory of one ReLU unit, each answered beside a simulation. */
export function addSingleUnitCommands(command: AddCommand, bind: BindBody): void {
  const group = command(
    'single-unit',
    'ask the convergence theory of one ReLU unit, beside simulation',
    'reluctant single-unit evolve examples/single-unit/slow-unit.yaml --json',
  );
  command(
    'evaluate <file>',
    'every closed form at the states of a file: {"cases": [{"m", "R", "w", "v", "sigmaN", "teacher", "rule", "alpha"}]}',
    'reluctant single-unit evaluate states.json --json',
    group,
  ).action(bind(evaluate));
  for (const [question, file, description, example] of ASKED) {
    command(`${question} ${file}`, description, example, group)
      .option('--set <path=value>', 'override an option of the file (repeatable)', collect, [])
      .addHelpText(
        'after',
        `\nThe file's options are those of the simulation "${QUESTIONS[question]}": see \`reluctant schema\`.`,
      )
      .action(bind(ask(question)));
  }
  command(
    'fit <run>',
    "the model's Pr[y>0] over what was recorded of one unit of a trained network",
    'reluctant single-unit fit 2026-01-31-vgg-cifar10-k3x9 --site conv5/relu --unit 17',
    group,
  )
    .requiredOption('--site <name>', 'ReLU site of the network, as the report names it')
    .requiredOption('--unit <number>', 'unit of the site, from 0')
    .action(bind(fit));
}
