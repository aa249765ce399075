import { reluctant } from './reluctant.js';

const PROBES = [
  'activation-probability',
  'dead-units',
  'dormant',
  'activation-stats',
  'unit-lifecycle',
  'position-activation',
  'certified-dead',
];
const SHARED = ['--set', 'dataset.testSize=1000', '--set', `probes=${JSON.stringify(PROBES)}`];
const SIZE = ['--set', 'dataset.trainSize=3000'];

/** Records what the pictures show: a plain VGG as in the README, one that loses units, and a ResNet. Returns `folder`. */
export async function recordRuns(folder: string): Promise<string> {
  const run = (...args: readonly string[]) => reluctant('run', ...args, ...SHARED, '--runs', folder);
  await run('examples/small-vgg-cifar10.yaml');
  await run(
    'examples/small-vgg-cifar10.yaml',
    ...['--set', 'name="small VGG, learning rate 0.3"', '--set', 'training.learningRate=0.3', ...SIZE],
  );
  await run(
    'examples/resnet-cifar10.yaml',
    ...['--set', 'architecture.depth=8', '--set', 'training.epochs=6', '--set', 'name="ResNet-8"', ...SIZE],
  );
  return folder;
}
