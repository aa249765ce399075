import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const good = {
  dataset: { kind: 'textures', trainSize: 20, testSize: 10 },
  architecture: { kind: 'vgg', layout: [2, 'M'] },
  training: { epochs: 1 },
};

/** What is wrong, the file that is, further arguments, the exit code, and what the message must say. */
const CASES: readonly [string, unknown, readonly string[], number, readonly RegExp[]][] = [
  [
    'an unknown key',
    { ...good, traning: {} },
    [],
    3,
    [/CONFIG_INVALID/, /Unknown key "traning"\. Did you mean "training"\?/],
  ],
  [
    'an unknown nested key',
    { ...good, training: { epoch: 1 } },
    [],
    3,
    [/training: Unknown key "epoch"\. Did you mean "epochs"\?/],
  ],
  ['a wrong type', { ...good, training: { epochs: 'ten' } }, [], 3, [/training\.epochs/, /number/]],
  [
    'several problems at once',
    { ...good, seed: -1, training: { batchSize: 0 } },
    [],
    3,
    [/2 problems/, /seed/, /training\.batchSize/],
  ],
  [
    'an unknown plugin',
    { ...good, architecture: 'vg' },
    [],
    4,
    [/PLUGIN_UNKNOWN/, /Unknown kind "vg"\. Did you mean "vgg"\?/],
  ],
  [
    'a plugin module that is not there',
    { ...good, plugins: ['./nowhere.js'] },
    [],
    4,
    [/PLUGIN_INVALID/, /nowhere\.js/],
  ],
  [
    'a probe that is listed twice',
    { ...good, probes: ['dead-units', 'dead-units'] },
    [],
    3,
    [/CONFIG_INVALID/, /probes\.1.*"dead-units" is listed twice/],
  ],
  [
    'no such data',
    { ...good, dataset: { kind: 'cifar10', path: '/nowhere/at/all' } },
    [],
    5,
    [/DATASET_NOT_FOUND/, /\/nowhere\/at\/all/],
  ],
  [
    'more images than can be drawn',
    { ...good, dataset: { kind: 'textures', trainSize: 1_000_000 } },
    [],
    3,
    [/CONFIG_INVALID/, /dataset\.trainSize.*100000/],
  ],
  ['an engine that is not installed', { ...good, engine: 'tensorflow' }, [], 7, [/ENGINE_UNAVAILABLE/, /setup:gpu/]],
  [
    'too many poolings',
    { ...good, architecture: { kind: 'vgg', layout: [2, 'M', 'M', 'M', 'M', 'M', 'M'] } },
    [],
    3,
    [/halves the image 6 times.*at most 5/],
  ],
  ['a bad override', good, ['--set', 'training.epochs'], 3, [/--set training\.epochs/]],
  ['an override of a wrong type', good, ['--set', 'training.epochs=few'], 3, [/training\.epochs/]],
];

describe('bad input', () => {
  it.each(CASES)(
    '%s gets a clear message and exit code, and nothing is written',
    async (_, content, args, exitCode, messages) => {
      const folder = await temporaryFolder();
      const file = join(folder, 'experiment.json');
      await writeFile(file, JSON.stringify(content));
      const { code, stdout, stderr } = await runCli(folder, '--quiet', '--json', 'run', file, ...args);
      for (const message of messages) expect(stderr).toMatch(message);
      expect(code).toBe(exitCode);
      expect(JSON.parse(stdout).error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      expect(await readdir(folder)).toEqual(['experiment.json']);
    },
  );

  it('names file and offset of corrupt data', async () => {
    const folder = await temporaryFolder();
    const data = join(folder, 'cifar');
    await mkdir(data);
    for (const name of ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch']) {
      await writeFile(join(data, `${name}.bin`), Buffer.alloc(name === 'data_batch_3' ? 3073 * 2 - 7 : 3073 * 2));
    }
    const file = join(folder, 'experiment.yaml');
    await writeFile(file, `dataset: { kind: cifar10, path: '${data}' }\narchitecture: vgg`);
    const { code, stderr } = await runCli(folder, '--quiet', 'run', file);
    expect(code).toBe(6);
    expect(stderr).toMatch(/DATASET_CORRUPT[\s\S]*data_batch_3\.bin/);
    expect(stderr).toMatch(/6139|3073/);
  });

  it("tells where a file can't be read as YAML, and that one is not there", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'broken.yaml');
    await writeFile(file, 'training: [1,\n  }');
    const broken = await runCli(folder, 'run', file);
    expect(broken.code).toBe(3);
    expect(broken.stderr).toMatch(/broken\.yaml can't be read[\s\S]*line/);
    const missing = await runCli(folder, 'run', join(folder, 'none.yaml'));
    expect(missing.code).toBe(3);
    expect(missing.stderr).toMatch(/CONFIG_NOT_FOUND/);
  });

  it.each([
    ['an unknown option', ['list', '--jsn'], /unknown option '--jsn'[\s\S]*--json/],
    ['a missing argument', ['resume'], /missing required argument 'run'/],
    ['neither a file nor a bundle', ['run'], /an experiment file or --from/],
    ['no command', [], /Give a command/],
  ])('%s is told as one JSON document with --json', async (_, args, message) => {
    const { code, stdout } = await runCli(await temporaryFolder(), '--json', ...args);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'USAGE', message: expect.stringMatching(message), issues: [] },
    });
  });

  it('prints no control characters that a file holds', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'experiment.yaml');
    await writeFile(file, 'architecture: "\\e[31mvg\\e]0;owned\\a"\ntraning: 1');
    const { stderr } = await runCli(folder, 'run', file);
    expect(stderr).toMatch(/2 problems:\n[\s\S]*owned/);
    expect(stderr).not.toMatch(/[\u0007\u001b]/);
  });

  it.each([
    ['an unknown command', ['trian'], /unknown command 'trian'/i],
    ['an unknown option', ['list', '--jsn'], /unknown option '--jsn'[\s\S]*--json/i],
    ['a missing argument', ['resume'], /missing required argument 'run'/i],
    ['a list that is none', ['list', 'things'], /Allowed choices are plugins, runs/i],
  ])('%s is wrong usage', async (_, args, message) => {
    const { code, stderr } = await runCli(await temporaryFolder(), ...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it.each(['nothing-like-it', '../../etc/passwd', '/etc'])('run %j is not found', async (id) => {
    const { code, stderr } = await runCli(await temporaryFolder(), 'report', id);
    expect(code).toBe(9);
    expect(stderr).toMatch(/RUN_NOT_FOUND/);
  });
});
