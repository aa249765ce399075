import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '@reluctant/report';
import { exampleExperiments, EXAMPLES } from './testing/example-experiments.js';
import { runCli, temporaryFolder } from './testing/run-cli.js';

/** What makes each example small; every one has to be here. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  'vgg-cifar10.yaml': ['training.epochs=1', 'architecture.width=0.05', 'training.batchSize=20'],
  'resnet-cifar10.yaml': [
    'training.epochs=1',
    'architecture.width=2',
    'training.batchSize=20',
    'training.schedule=constant',
  ],
  'small-vgg-cifar10.yaml': [
    'training.epochs=1',
    'architecture.width=0.1',
    'training.batchSize=20',
    'dataset.trainSize=100',
    'dataset.testSize=20',
  ],
  'redo-textures.yaml': ['training.epochs=2', 'dataset.trainSize=40', 'dataset.testSize=20', 'architecture.width=0.1'],
  'textures-vgg.yaml': ['training.epochs=1', 'dataset.trainSize=40', 'dataset.testSize=20', 'architecture.width=0.1'],
  'single-unit.yaml': ['simulation.trials=3', 'simulation.steps=50'],
  ...Object.fromEntries(
    [
      'linear-teacher',
      'white-inputs',
      'slow-unit',
      'correlated-inputs',
      'dying-unit',
      'no-signal',
      'pure-noise',
      'separatrix',
      'small-weights',
    ].map((name) => [`single-unit/${name}.yaml`, ['simulation.trials=20', 'simulation.steps=50']]),
  ),
  'single-unit/bridge.yaml': ['training.epochs=1', 'dataset.trainSize=40', 'dataset.testSize=20'],
  'single-unit/rates.yaml': ['simulation.probabilities=[0.5, 0.3]', 'simulation.trials=16'],
  'single-unit/death.yaml': ['simulation.trials=5', 'simulation.horizon=2', 'simulation.inputCounts=[2]'],
  'single-unit/map.yaml': ['simulation.trials=4', 'simulation.columns=4', 'simulation.rows=4', 'simulation.horizon=10'],
};

/** CIFAR-10 in its layout with a few images of noise: the examples must run without the real thing. */
async function noisyCifar10(folder: string): Promise<string> {
  const random = new Random(1, 'noise');
  await mkdir(folder);
  for (const file of ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch']) {
    const records = Buffer.alloc(20 * 3073);
    for (let i = 0; i < records.length; i++) records[i] = i % 3073 === 0 ? (i / 3073) % 10 : random.integer(256);
    await writeFile(join(folder, `${file}.bin`), records);
  }
  return folder;
}

describe('examples', () => {
  it('are all run by this test', async () => {
    expect(await exampleExperiments()).toEqual(Object.keys(SMALL).sort());
  });

  it.each(Object.entries(SMALL))('%s runs', async (file, overrides) => {
    const folder = await temporaryFolder();
    const data = await noisyCifar10(join(folder, 'cifar'));
    const all = [...overrides, ...(file.includes('cifar') ? [`dataset.path=${data}`] : [])];
    const args = all.flatMap((override) => ['--set', override]);
    const { code, stdout, stderr } = await runCli(folder, '--json', '--quiet', 'run', join(EXAMPLES, file), ...args);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { summary } = JSON.parse(stdout) as { summary: RunReport };
    expect(summary.status).toBe('completed');
    expect(summary.layers.length + summary.simulations.length + summary.maps.length).toBeGreaterThan(0);
  });
});
