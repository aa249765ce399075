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
