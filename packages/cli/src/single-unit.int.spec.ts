import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const json = async (folder: string, ...args: readonly string[]) => {
  const { code, stdout, stderr } = await runCli(folder, '--json', '--quiet', 'single-unit', ...args);
  return { code, stderr, result: JSON.parse(stdout) as Record<string, never> };
};

describe('single-unit evaluate', () => {
  const state = { m: [0, 1], R: [[1, 0], [0, 0]], w: [1, -0.5], v: [1, -1], sigmaN: 0.1 }; // prettier-ignore

  it('prints the closed forms in full precision, and keeps no record', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'states.json');
    await writeFile(file, JSON.stringify({ cases: [state, { ...state, rule: 'leaky', alpha: 0.1 }] }));
    const { code, stderr, result } = await json(folder, 'evaluate', file);
    expect([code, stderr]).toEqual([0, '']);
    const [first, second] = result.cases as unknown as { p: number; a2: number[][]; drift: number[] }[];
    expect(first.p).toBeCloseTo(0.3085375387259869, 15);
    expect(first.a2[1][1]).toBeCloseTo(first.p, 15);
    expect(second.drift).not.toEqual(first.drift);
    const told = await runCli(folder, 'single-unit', 'evaluate', file);
    expect(told.stdout).toMatch(/Pr\[y>0\][^]*0\.308538/);
    await expect(readFile(join(folder, 'runs'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('names case and field of what is wrong, with the exit code of a wrong file', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'states.yaml');
    await writeFile(file, JSON.stringify({ cases: [state, { ...state, w: [1], R: [[1, 2], [2, 1]] }] })); // prettier-ignore
    const { code, stderr } = await json(folder, 'evaluate', file);
    expect(code).toBe(3);
    expect(stderr).toMatch(/2 problems[^]*cases\.1\.w: It needs 2 numbers[^]*cases\.1\.R\.1: .*semi-definite/);
    expect((await json(folder, 'evaluate', join(folder, 'none.json'))).code).toBe(3);
  });
});

describe('single-unit fit', () => {
  it('lays predictions over what was recorded of a unit of a network', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'network.json');
    const network = {
      dataset: { kind: 'textures', trainSize: 60, testSize: 20 },
      architecture: { kind: 'vgg', layout: [3, 'M', 4, 'M'], batchNorm: false },
      probes: ['activation-probability', 'activation-stats'],
      training: { epochs: 3, batchSize: 10, learningRate: 0.01 },
    };
    await writeFile(file, JSON.stringify(network));
    const ran = await runCli(folder, '--json', '--quiet', 'run', file);
    const { path, summary } = JSON.parse(ran.stdout) as { path: string; summary: { layers: { site: string }[] } };
    const { site } = summary.layers[1];

    const { code, stderr, result } = await json(folder, 'fit', path, '--site', site, '--unit', '1');
    expect([code, stderr]).toEqual([0, '']);
    expect(result).toMatchObject({ unit: { site, unit: 1 }, epoch: [0, 1, 2, 3], step: [0, 6, 12, 18] });
    const { recorded, theory, report } = result as unknown as {
      recorded: { p: number[] };
      theory: { rectifiedNormal: { p: number[] }; normalPreactivation: null };
      report: string;
    };
    expect(recorded.p.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(theory.rectifiedNormal.p).toHaveLength(4);
    expect(theory.normalPreactivation).toBeNull();
    expect(await readFile(report, 'utf8')).toContain('normal pre-activation, from E[y] and E[y²]');

    for (const [unit, of, message] of [
      ['9', site, /has the units 0 to 3; there is no unit 9/],
      ['x', site, /there is no unit NaN/],
      ['0', `${site}x`, /Did you mean/],
    ] as const) {
      const refused = await json(folder, 'fit', path, '--site', of, '--unit', unit);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(message);
    }
  });
});

describe('the questions of single-unit', () => {
  const unit = { inputs: 2, trials: 20, steps: 30, start: { kind: 'fixed', overlap: 0.5 }, closures: ['C0', 'C2'] };

  it('takes an experiment, or just the options of its simulation, and prints the result with where it is kept', async () => {
    const folder = await temporaryFolder();
    const [bare, whole] = [join(folder, 'bare.yaml'), join(folder, 'whole.json')];
    await writeFile(bare, JSON.stringify({ seed: 7, ...unit }));
    await writeFile(
      whole,
      JSON.stringify({ name: 'whole', seed: 7, simulation: { kind: 'single-unit-evolution', ...unit } }),
    );
    const asked = await Promise.all([await json(folder, 'evolve', bare), await json(folder, 'evolve', whole)]);
    for (const { code, stderr } of asked) expect([code, stderr]).toEqual([0, '']);
    const [{ result }, other] = asked;
    const { run, report, ...rest } = result as unknown as { run: { path: string }; report: string };
    expect(rest).toMatchObject({
      k: expect.arrayContaining([0, 30]),
      theory: { C0: { p: expect.any(Array) }, C2: { mean: expect.any(Array), mse: expect.any(Array) } },
      simulation: { trials: 20, mean: expect.any(Array), se: expect.any(Array), pSe: expect.any(Array) },
      deviation: { C2: { standardErrors: expect.any(Number) } },
      assumptions: { stepSize: { effective: 0.02 } },
    });
    // The same question has the same answer.
    expect(rest).toEqual({ ...other.result, run: undefined, report: undefined });
    expect(await readFile(report, 'utf8')).toContain('C2, Gaussian cubature');
    expect((await runCli(folder, 'report', run.path)).code).toBe(0);
  });

  it('answers without a file, with options from the command line, for people', async () => {
    const folder = await temporaryFolder();
    const set = ['columns=3', 'rows=3', 'trials=0', 'horizon=5', 'name=mine'].flatMap((option) => ['--set', option]);
    const { code, stdout } = await runCli(folder, '--quiet', 'single-unit', 'map', ...set);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mine +Completed\.[^]*dead means Pr\[y>0\] < 0\.001 at μk = 5[^]*Report: /);
  });

  it.each([
    [{ simulation: { kind: 'single-unit-rates' } }, [], /takes "single-unit-evolution", not "single-unit-rates"/],
    [{ ...unit, stepSize: 0 }, [], /simulation\.stepSize/],
    [unit, ['--set', 'trails=3'], /Unknown key "trails"\. Did you mean "trials"\?/],
    [{ ...unit, covariance: { kind: 'full', matrix: [[1, 2], [2, 1]] }, inputMean: [1] }, [], /2 problems[^]*inputMean[^]*covariance\.matrix/], // prettier-ignore
  ])('refuses %j %j', async (document, args, message) => {
    const folder = await temporaryFolder();
    const file = join(folder, 'wrong.json');
    await writeFile(file, JSON.stringify(document));
    const { code, stderr } = await json(folder, 'evolve', file, ...args);
    expect(code).toBe(3);
    expect(stderr).toMatch(message);
  });

  it('warns of a step size beyond the stability bound, and states the bound', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'large.json');
    await writeFile(file, JSON.stringify({ ...unit, bias: false, stepSize: 0.55, steps: 3 }));
    const { stdout } = await runCli(folder, '--quiet', 'single-unit', 'evolve', file);
    expect(stdout).toMatch(/Warning: The step size 0\.55 is beyond the stability bound 0\.5/);
  });
});
