import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ablation } from '@reluctant/probes';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const PLUGIN = join(import.meta.dirname, 'testing/plugins/planted.js');

type Result = Ablation & {
  readonly step: number;
  readonly definition: string | null;
  readonly measured: object;
  readonly units: object;
  readonly random: readonly object[];
};

/**
 * Planted units, frozen: 0 never fires, 1 fires on 100 of 200 images, 2 on all, 3 on one. Data set and both splits are the same, so
 * there is one split to compare on.
 */
async function plantedRun(more: object = {}) {
  const folder = await temporaryFolder();
  const file = join(folder, 'planted.json');
  const experiment = {
    plugins: [PLUGIN],
    dataset: 'levels',
    architecture: 'planted',
    engine: 'cpu',
    training: { epochs: 1, batchSize: 64, learningRate: 0, labelSmoothing: 0.1 },
    probes: ['activation-probability', 'dormant'],
    ...more,
  };
  await writeFile(file, JSON.stringify(experiment));
  const ran = await runCli(folder, '--json', '--quiet', 'run', file);
  expect(ran.code).toBe(0);
  const { path } = JSON.parse(ran.stdout) as { path: string };
  const ablate = (...args: readonly string[]) => runCli(folder, '--quiet', '--plugin', PLUGIN, 'ablate', path, ...args);
  const result = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await ablate('--json', ...args);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Result;
  };
  return { ablate, result, summary: JSON.parse(ran.stdout).summary as { final: { testLoss: number } } };
}

describe('reluctant ablate', () => {
  it('finds that a planted dead unit changes nothing, and a live one does', async () => {
    const { result, summary } = await plantedRun({ engine: { kind: 'onnx', worker: false } });
    const found = await result('--random', '3');
    expect(found).toMatchObject({ definition: 'never-fired', step: 4, measured: { step: 4, images: 200 } });
    expect(found.units).toEqual({ relu: [0] });
    expect(found.random).toHaveLength(3);
    expect(found.whole).toMatchObject([
      { split: 'test', images: 200, loss: expect.closeTo(summary.final.testLoss, 5) },
    ]);
    expect(found.scopes).toMatchObject([{ site: 'relu', flagged: 1, random: 1 }]);
    const [{ flagged, random }] = found.scopes[0].splits;
    expect(flagged).toMatchObject({ logitsChanged: 0, largestLogitChange: 0, predictionsChanged: 0 });
    expect(flagged.accuracyChange).toMatchObject({ mean: 0, gained: 0, lost: 0, probability: 1 });
    for (const { logitsChanged } of random!.sets) expect([1, 100, 200]).toContain(logitsChanged);
  });

  it('reads a network that was prepared for an intervention, with the slopes of its checkpoint, and takes leaky units away', async () => {
    const leaky = { kind: 'leaky-relu', alpha: 0.5, when: { atEpochs: [0] } };
    const { result, summary } = await plantedRun({ interventions: [leaky] });
    const { whole, scopes, units } = await result('--random', '0');
    expect(units).toEqual({ relu: [0] });
    expect(whole).toMatchObject([{ loss: expect.closeTo(summary.final.testLoss, 5) }]);
    // It never fires, and lets -0.5 through for every image.
    expect(scopes[0].splits).toMatchObject([{ flagged: { logitsChanged: 200 } }]);
  });

  it('changes the logits of exactly those images on which a unit fires', async () => {
    const { result } = await plantedRun();
    for (const [unit, images] of [
      [0, 0],
      [1, 100],
      [2, 200],
      [3, 1],
    ]) {
      const { scopes, definition, units } = await result('--site', 'relu', '--units', String(unit), '--random', '0');
      expect([definition, units]).toEqual([null, { relu: [unit] }]);
      expect(scopes[0].splits).toMatchObject([{ flagged: { logitsChanged: images }, random: null }]);
    }
    const { scopes, units } = await result('--definition', 'nearly-dead', '--random', '0');
    expect(units).toEqual({ relu: [0, 3] });
    expect(scopes[0].splits[0].flagged.logitsChanged).toBe(1);
  });

  let run: Awaited<ReturnType<typeof plantedRun>>;
  const fails = async (code: number, message: string, ...args: readonly string[]) => {
    const { code: actual, stderr } = await run.ablate(...args);
    expect(stderr).toContain(message);
    expect(actual).toBe(code);
  };
  const setUp = async () => (run = await plantedRun({ name: 'planted \u001b[31munits' }));

  it('says it in a sentence, with sizes and intervals', async () => {
    await setUp();
    const { code, stdout } = await run.ablate('--random', '4');
    expect(code).toBe(0);
    expect(stdout).toContain('Removing the 1 never-fired unit changed no logit of 200 images (test split).');
    expect(stdout).toMatch(
      /Removing 1 random live unit of the same layers changes the accuracy by .* percentage points \(95 %: .* to .*\)\./,
    );
    expect(stdout).toContain('test split: 200 images');
    expect(stdout).not.toContain('\u001b[31munits');
    expect(stdout).not.toMatch(/NaN|undefined/);

    const chosen = await run.ablate('--site', 'relu', '--units', '1-3', '--random', '1', '--confidence', '0.9');
    expect(chosen.stdout).toMatch(
      /Removing the 3 chosen units changed logits of 200 of 200 images by up to .*\(90 %: /,
    );
    expect(chosen.stdout).toContain('These layers have no live unit to compare with.');
  });

  it('repeats itself, and draws other sets for another seed', async () => {
    await setUp();
    const wanted = ['--definition', 'never-fired', '--random', '6'];
    const first = await run.result(...wanted);
    expect(await run.result(...wanted)).toEqual(first);
    expect((await run.result(...wanted, '--seed', '2')).random).not.toEqual(first.random);
  });

  it('tells what is wrong, and what to do', async () => {
    await setUp();
    await fails(2, 'Did you mean "relu"?', '--site', 'rely');
    await fails(2, '--units needs --site', '--units', '1');
    await fails(2, 'the units 0 to 3; there is no unit 4', '--site', 'relu', '--units', '0,4');
    await fails(2, 'such as 3,7,10-15', '--site', 'relu', '--units', '3-1');
    await fails(
      2,
      'never-fired, nearly-dead, dormant, silent, constant, certified-dead, gradient-dead',
      '--definition',
      'died',
    );
    await fails(2, 'Give a whole number from 0 to 10000.', '--random', '2.5');
    await fails(2, 'Give a number above 0 and below 1.', '--confidence', '95');
    await fails(2, 'Record a run with the probe certified-dead', '--definition', 'certified-dead');
  });

  it('refuses runs that do not tell: unknown, without counters, without those of a definition', async () => {
    const folder = await temporaryFolder();
    expect((await runCli(folder, 'ablate', 'no-such-run')).code).toBe(9);
    const uncounted = await plantedRun({ probes: [] });
    const { code, stderr } = await uncounted.ablate();
    expect([code, stderr]).toEqual([2, expect.stringContaining('counted no activations on the probe split')]);
    const without = await plantedRun({ probes: ['activation-probability'] });
    expect((await without.ablate('--definition', 'dormant')).stderr).toContain('Record a run with the probe dormant');
  });
});
