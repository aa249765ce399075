import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExperimentAnswer } from './commands/born-dead/experiment-answer.js';
import type { FullyConnectedAnswer } from './commands/born-dead/fully-connected-answer.js';
import { runCli, temporaryFolder } from './testing/run-cli.js';
import { spawnCli } from './testing/spawn-cli.js';

/** Asks with `--json`, in a folder of its own unless told. */
async function ask(args: readonly string[], folder?: string) {
  const { code, stdout, stderr } = await runCli(
    folder ?? (await temporaryFolder()),
    '--json',
    '--quiet',
    'born-dead',
    ...args,
  );
  return { code, stderr, answer: JSON.parse(stdout) as unknown };
}

const EXPERIMENT = {
  name: 'initial',
  seed: 3,
  dataset: { kind: 'textures', trainSize: 40, testSize: 30 },
  architecture: { kind: 'vgg', layout: [4, 'M', 8, 'M', 'M'], batchNorm: false },
  engine: 'onnx',
};

async function experimentFile(more: object = {}) {
  const folder = await temporaryFolder();
  const file = join(folder, 'experiment.json');
  await writeFile(file, JSON.stringify({ ...EXPERIMENT, ...more }));
  return { folder, file };
}

describe('born-dead of fully connected networks', () => {
  it('tells shares with intervals beside what is expected, and compares initializers', async () => {
    const { code, stderr, answer } = await ask([
      ...['--width', '2', '--depth', '10', '--draws', '3000', '--seed', '5'],
      ...['--initializer', 'he-normal', '--initializer', 'randomized-asymmetric'],
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const { network, results, ...rest } = answer as FullyConnectedAnswer;
    expect(network).toMatchObject({ layers: 10, hidden: Array(9).fill(2), inputDimension: 1 });
    expect(rest).toEqual({ seed: 5, complete: true });
    expect(results).toMatchObject([
      { initializer: { kind: 'he-normal' }, draws: 3000, reach: 'every-input', inputs: 21 },
      // Its biases tell points of one sign apart.
      { initializer: { kind: 'randomized-asymmetric' }, draws: 3000, reach: 'these-inputs', inputs: 21 },
    ]);
    for (const { layers, someLayerSilent, expectations } of results) {
      expect(layers).toHaveLength(9);
      expect(someLayerSilent.share).toBe(someLayerSilent.count / 3000);
      expect(someLayerSilent.lower).toBeLessThan(someLayerSilent.share);
      expect(someLayerSilent.upper).toBeGreaterThan(someLayerSilent.share);
      expect(expectations.every(({ agrees }) => agrees)).toBe(true);
    }
    expect(results.map(({ expectations }) => expectations.map(({ kind }) => kind))).toEqual([
      ['bounds', 'published'],
      ['published'],
    ]);
  });

  it('takes widths layer by layer, a point, biases, and options of an initializer', async () => {
    const { answer } = await ask([
      ...[
        '--width',
        '3,2',
        '--inputs',
        'point:1,-0.5',
        '--bias',
        'normal:0.1',
        '--draws',
        '500',
        '--confidence',
        '0.9',
      ],
      ...['--initializer', '{kind: gaussian, sigma: 2}'],
    ]);
    expect(answer).toMatchObject({
      network: { layers: 3, hidden: [3, 2], inputDimension: 2, bias: { sigma: 0.1 } },
      results: [
        {
          reach: 'these-inputs',
          inputs: 1,
          initializer: { kind: 'gaussian', sigma: 2 },
          confidence: 0.9,
          expectations: [
            { of: 'someLayerSilent', kind: 'exact' },
            { layer: 1, lower: 0.5 },
            { layer: 2, lower: 0.5 },
          ],
        },
      ],
    });
  });

  it('stops where it is precise enough', async () => {
    const { answer } = await ask(['--width', '2', '--depth', '3', '--target-error', '0.03']);
    expect((answer as FullyConnectedAnswer).results[0].draws).toBe(1000);
    expect(answer).toMatchObject({ complete: true });
  });

  it('answers people in tables', async () => {
    const { code, stdout, stderr } = await runCli(
      await temporaryFolder(),
      ...['born-dead', '--width', '4', '--depth', '2', '--input-dimension', '3', '--inputs', 'orthant'],
      ...['--draws', '2000', '--bias', 'normal:1'],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 layers, 1 hidden of 4 units; input dimension 3; 2,000 networks, seed 1\n/);
    expect(stdout).toContain('Dead: fires on no input of the whole non-negative orthant.');
    expect(stdout).toMatch(/born dead: some hidden layer silent, output constant +0\.0/);
    expect(stdout).toMatch(/0\.0625 \(no weight and no bias above zero\): agrees/);
    expect(stdout + stderr).not.toMatch(/NaN|undefined/);
  });

  it.each([
    [[], /Give an experiment file, or the --width and --depth/],
    [['--width', '2'], /--depth: how many layers/],
    [['--width', '2', '--depth', '1'], /--depth.*whole number from 2/],
    [['--width', '0', '--depth', '3'], /--width: 0: .*>=1[^]*--width: 1: /],
    [['--width', 'two', '--depth', '3'], /--width: 0: .*expected number/],
    [['--width', '4,3', '--depth', '5'], /are 3 layers/],
    [['--width', '2', '--depth', '3', '--draws', '-1'], /--draws.*whole number from 1/],
    [['--width', '2', '--depth', '3', '--seed', '0.5'], /--seed.*whole number from 0/],
    [['--width', '2', '--depth', '3', '--inputs', 'grid:0:1'], /--inputs grid:0:1: write it as grid:FROM:TO:N/],
    [['--width', '2', '--depth', '3', '--inputs', 'normal:many'], /--inputs: points: .*expected number/],
    [['--width', '2', '--depth', '3', '--inputs', 'orthant'], /--inputs: .*first hidden layer alone/],
    [['--width', '2', '--depth', '3', '--bias', 'some'], /--bias some: write it as zero, a number or normal:SIGMA/],
    [['--width', '2', '--depth', '3', '--bias', 'zero', '--initializer', 'randomized-asymmetric'], /leave the bias out/], // prettier-ignore
    [['--width', '2', '--depth', '3', '--initializer', 'he-norml'], /Did you mean "he-normal"\?/],
    [['--width', '2', '--depth', '3', '--initializer', '{kind: ['], /--initializer \{kind: \[ can't be read/],
    [['--width', '2', '--depth', '3', '--images', '5'], /--images: this goes with an experiment file/],
    [['file.yaml', '--width', '2', '--target-error', '0.1'], /--width, --target-error: .*those of file\.yaml/],
  ])('refuses %j as wrong usage', async (args, message) => {
    const { code, stderr, answer } = await ask(args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(answer).toMatchObject({ error: { code: 'USAGE' } });
  });
});

describe("born-dead of an experiment's network", () => {
  it('finds at its first draw what a run finds before training', async () => {
    // Biases that silence some units: more under small weights.
    const initializer = { kind: 'gaussian', sigma: 0.1, bias: -0.15 };
    const { folder, file } = await experimentFile({ initializer, training: { epochs: 1, learningRate: 0 } });
    const { code, answer } = await ask([file, '--draws', '1'], folder);
    expect(code).toBe(0);
    const { results, ...rest } = answer as ExperimentAnswer;
    expect(rest).toMatchObject({
      experiment: 'initial',
      seed: 3,
      images: 30,
      complete: true,
      engine: { kind: 'onnx' },
    });
    const dead = results[0].layers.map(({ units, deadUnits }) => units * deadUnits.share);

    const ran = await runCli(folder, '--json', '--quiet', 'run', file);
    const { summary } = JSON.parse(ran.stdout) as { summary: { lifeCycle: { bornDead: number } } };
    expect(dead.reduce((sum, count) => sum + count, 0)).toBeCloseTo(summary.lifeCycle.bornDead, 10);
    expect(summary.lifeCycle.bornDead).toBeGreaterThan(0);
  });

  it('draws other weights each time, compares initializers, and takes some images only', async () => {
    const { folder, file } = await experimentFile();
    const { answer } = await ask(
      [
        ...[file, '--draws', '4', '--images', '7', '--set', 'measurement.batchSize=5'],
        ...['--initializer', 'he-normal', '--initializer', '{kind: gaussian, sigma: 0.1, bias: -0.15}'],
        ...['--initializer', '{kind: gaussian, sigma: 0.001, bias: -1}'],
      ],
      folder,
    );
    const { images, neverFiredUpper, results } = answer as ExperimentAnswer;
    expect(images).toBe(7);
    expect(neverFiredUpper).toBeCloseTo(1 - 0.05 ** (1 / 7), 12);
    const [healthy, sick, dead] = results;
    expect(healthy).toMatchObject({ draws: 4, anyUnitDead: { count: 0 }, someLayerSilent: { count: 0 } });
    expect(healthy.layers.map(({ site, units }) => [site, units])).toEqual([
      ['relu1', 4],
      ['relu2', 8],
    ]);
    // Networks differ in how many units of a layer are dead.
    expect(Math.max(...sick.layers.map(({ deadUnits }) => deadUnits.deviation))).toBeGreaterThan(0);
    expect(dead).toMatchObject({ someLayerSilent: { count: 4 }, lastLayerSilent: { count: 4 } });
    for (const { deadUnits, silent } of dead.layers) expect([deadUnits.share, silent.count]).toEqual([1, 4]);
  });

  it('answers people in tables, and says what it can not answer', async () => {
    const { folder, file } = await experimentFile();
    const { code, stdout } = await runCli(folder, '--quiet', 'born-dead', file, '--draws', '2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^initial: 2 networks, seeds from 3; engine onnx\nDead: fires on none of 30 probe images/);
    expect(stdout).toMatch(/relu2 +8 +0\.0000/);

    const simulation = join(folder, 'simulation.json');
    await writeFile(simulation, '{"simulation":{"kind":"single-unit"}}');
    expect(await ask([simulation], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is a simulation/),
    });
    expect(await ask([file, '--set', 'architecture.kind=vg'], folder)).toMatchObject({ code: 4 });
    expect(await ask([join(folder, 'none.yaml')], folder)).toMatchObject({ code: 3 });
  });
});

describe('born-dead as a process', () => {
  it('tells what is known on Ctrl-C, and that it was interrupted', async () => {
    const run = spawnCli(['born-dead', '--json', '--width', '50', '--depth', '20', '--draws', '4000'], {
      cwd: await temporaryFolder(),
    });
    await run.seen(/networks [2-9]\d\.\d %/);
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.finished;
    expect(stderr).toContain('Stopping with what is known so far.');
    expect(code).toBe(130);
    const { complete, results } = JSON.parse(stdout) as FullyConnectedAnswer;
    expect(complete).toBe(false);
    expect(results[0].draws).toBeGreaterThan(100);
    expect(results[0].draws).toBeLessThan(4000);
  });

  it('tells of whole networks only when it is interrupted in the midst of one', async () => {
    const { folder, file } = await experimentFile();
    const run = spawnCli(['born-dead', '--json', file, '--draws', '400'], { cwd: folder });
    await run.seen(/network \d+\/400/);
    run.child.kill('SIGTERM');
    const { code, stdout } = await run.finished;
    expect(code).toBe(130);
    const { complete, results } = JSON.parse(stdout) as ExperimentAnswer;
    expect(complete).toBe(false);
    expect(results[0].draws).toBeGreaterThan(0);
    expect(results[0].draws).toBeLessThan(400);
  });
});
