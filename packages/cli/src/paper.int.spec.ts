import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PaperFindings } from '@reluctant/report';
import { runCli, temporaryFolder } from './testing/run-cli.js';
import { spawnCli } from './testing/spawn-cli.js';

/** Asks everything, of networks that learn nothing. */
const STUDY = {
  name: 'tiny',
  seeds: [1, 2],
  convergence: { epochs: 1, activation: 0.5, loss: 0.5 },
  experiment: {
    dataset: { kind: 'textures', trainSize: 40, testSize: 20 },
    architecture: { kind: 'vgg', layout: [3, 'M', 4, 'M', 4], batchNorm: false },
    engine: { kind: 'onnx', threads: 1 },
    training: { epochs: 3, batchSize: 10, learningRate: 0.01 },
    probes: ['activation-probability', 'dead-units'],
  },
  networks: [{ label: 'plain' }],
  skips: [
    {
      label: 'residual',
      set: { architecture: { kind: 'resnet', depth: 8, width: 2 }, 'training.epochs': 1 },
      without: { 'architecture.skips': false },
      seeds: [1],
    },
  ],
  initializers: [{ label: 'plain', of: ['he-normal', 'orthogonal'], seeds: [1] }],
  factors: [{ label: 'rate', path: 'training.learningRate', values: [0.01, 1e6], seeds: [1] }],
  rates: { probabilities: [0.5, 0.3], trials: 16, confidence: 0.95 },
  death: { inputCounts: [2], stepSizes: [0.1], noises: [0.1], trials: 8, horizon: 2 },
};

interface PaperJson {
  readonly report: string;
  readonly findings: PaperFindings;
  readonly provenance: { readonly jobs: number; readonly seconds: number };
}

async function studyIn(folder: string, more: object = {}): Promise<string> {
  const file = join(folder, 'study.json');
  await writeFile(file, JSON.stringify({ ...STUDY, ...more }));
  return file;
}

/** Starts a study in a process of its own and kills that when it says so. */
async function killed(folder: string, file: string, when: RegExp, ...args: string[]): Promise<void> {
  const { child, seen, finished } = spawnCli(['paper', file, ...args], { cwd: folder });
  await seen(when);
  child.kill('SIGKILL');
  await finished;
}

async function completed(folder: string, file: string, ...args: string[]): Promise<PaperJson & { stderr: string }> {
  const { finished } = spawnCli(['paper', file, '--json', ...args], { cwd: folder });
  const { code, stdout, stderr } = await finished;
  expect(stderr).not.toContain('failed');
  expect(code).toBe(0);
  return { ...(JSON.parse(stdout) as PaperJson), stderr };
}

describe('reluctant paper', () => {
  it('ends in the same table after being killed as without, and does no job twice', { timeout: 240_000 }, async () => {
    const [whole, broken] = [await temporaryFolder(), await temporaryFolder()];
    const expected = await completed(whole, await studyIn(whole));
    expect(expected.provenance.jobs).toBe(8);
    expect(expected.findings.table.map(({ id }) => id)).toEqual(['F1', 'F2', 'F3', 'F4', 'F5', 'F6']);
    expect(expected.findings.convergence.some(({ diverged }) => diverged > 0)).toBe(true);

    const file = await studyIn(broken);
    await killed(broken, file, /jobs on/);
    await killed(broken, file, /\[3\/8\]/, '--resume');
    const jobs = join(broken, 'runs/paper/jobs');
    const before = await recordsIn(jobs);
    const resumed = await completed(broken, file, '--resume');
    expect(resumed.findings).toEqual(expected.findings);
    expect(resumed.stderr).toContain('of which');
    // What had ended by then is as it was.
    const after = await recordsIn(jobs);
    const ended = [...before].filter(([, { finished }]) => finished);
    expect(ended.length).toBeGreaterThanOrEqual(3);
    for (const [path, { modified }] of ended) expect(after.get(path)?.modified).toBe(modified);

    // A study that is done is only reported again.
    const again = await completed(broken, file);
    expect(again.findings).toEqual(expected.findings);
    expect(again.stderr).not.toContain('jobs on');
    const page = await readFile(again.report, 'utf8');
    expect(page).toContain('Pr[y&gt;0]');
  });

  it('saves what runs at Ctrl-C, says how to go on, and refuses to begin again', { timeout: 120_000 }, async () => {
    const folder = await temporaryFolder();
    // One long job.
    const { experiment, networks } = STUDY;
    const long = { ...experiment, training: { ...experiment.training, epochs: 2000 } };
    const file = join(folder, 'long.json');
    await writeFile(file, JSON.stringify({ name: 'long', seeds: [1], experiment: long, networks }));
    const { child, seen, finished } = spawnCli(['paper', file], { cwd: folder });
    await seen(/jobs on/);
    const [job] = await untilSome(() => readdir(join(folder, 'runs/paper/jobs')));
    await untilSome(async () => [...(await recordsIn(join(folder, 'runs/paper/jobs'))).keys()]);
    child.kill('SIGINT');
    const { code, stderr } = await finished;
    expect(stderr).toContain('Go on with --resume');
    expect(code).toBe(130);
    const order = JSON.parse(await readFile(join(folder, 'runs/paper/jobs', job!, 'job.json'), 'utf8')) as object;
    expect(order).toMatchObject({ id: job, label: 'plain, seed 1' });

    const refused = await runCli(folder, 'paper', file);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('was interrupted: 0 of 1 jobs are done. Go on with --resume');
  });

  it('lists what it would do', async () => {
    const folder = await temporaryFolder();
    const { code, stdout } = await runCli(folder, '--json', 'paper', await studyIn(folder), '--plan');
    expect(code).toBe(0);
    const jobs = JSON.parse(stdout) as { label: string; result: string | null }[];
    expect(jobs).toHaveLength(8);
    expect(jobs.every(({ result }) => result === null)).toBe(true);
  });

  it('tells what is wrong, and starts nothing', async () => {
    const folder = await temporaryFolder();
    const ask = async (...args: string[]) => {
      const { code, stderr } = await runCli(folder, 'paper', ...args);
      return `${code} ${stderr}`;
    };
    expect(await ask('missing.yaml')).toMatch(/^3 CONFIG_NOT_FOUND/);
    expect(await ask('--budget', 'endless')).toMatch(/^2 .*quick, standard, full/s);
    expect(await ask('study.json', '--budget', 'quick')).toMatch(/^2 USAGE Give either/);
    expect(await ask(await studyIn(folder, { seeds: [1, 1] }))).toMatch(/^3 CONFIG_INVALID.*seeds: Each once/s);
    expect(await ask(await studyIn(folder, { experiment: { architecture: 'lenet' } }))).toMatch(/^4 PLUGIN_UNKNOWN/);
    await expect(stat(join(folder, 'runs'))).rejects.toThrow();
  });

  it('ends with the exit code of a job that fails, and goes on once that is mended', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder();
    const dataset = { kind: 'cifar10', path: join(folder, 'nothing') };
    const file = await studyIn(folder, {
      experiment: { ...STUDY.experiment, dataset },
      rates: undefined,
      death: undefined,
    });
    const { finished } = spawnCli(['paper', file, '--json'], { cwd: folder });
    const { code, stdout, stderr } = await finished;
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'DATASET_NOT_FOUND' } });
    expect(stderr).toContain('go on with --resume');
  });
});

/** Event logs of all runs of all jobs: whether they have ended, and when they were written last. */
async function recordsIn(jobs: string): Promise<Map<string, { finished: boolean; modified: number }>> {
  const logs = (await readdir(jobs, { recursive: true })).filter((file) => file.endsWith('events.jsonl'));
  const entries = logs.map(async (file) => {
    const path = join(jobs, file);
    const finished = (await readFile(path, 'utf8')).includes('"run.finished"');
    return [path, { finished, modified: (await stat(path)).mtimeMs }] as const;
  });
  return new Map(await Promise.all(entries));
}

async function untilSome<T>(list: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const found = await list().catch(() => []);
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
