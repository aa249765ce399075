import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clopperPearsonInterval } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import type { AgreementReport } from './commands/agreement.js';
import type { LifeCycles } from './commands/lifecycle.js';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const PLUGIN = join(import.meta.dirname, 'testing/plugins/planted.js');

/** Units whose lives are known: one never fires, one does on 100 of 200 images, one always gives 1, one fires on one image. */
const planted = (more: object = {}) => ({
  name: 'planted <&"]]>',
  plugins: [PLUGIN],
  dataset: 'levels',
  architecture: 'planted',
  engine: 'onnx',
  training: { epochs: 2, batchSize: 64, learningRate: 0 },
  probes: ['activation-probability', 'dead-units', 'dormant', 'activation-stats', 'unit-lifecycle'],
  ...more,
});

/** Too large steps for this network: its units die by the layer. */
const dying = {
  name: 'dying',
  seed: 3,
  dataset: { kind: 'textures', trainSize: 200, testSize: 60 },
  architecture: { kind: 'vgg', layout: [8, 'M', 16, 'M'], batchNorm: false },
  training: { epochs: 4, batchSize: 20, learningRate: 0.1, optimizer: 'momentum' },
};

/** A recorded run in a folder of its own, with which commands can be tried. */
async function recorded(experiment: object) {
  const folder = await temporaryFolder();
  const file = join(folder, 'experiment.json');
  await writeFile(file, JSON.stringify(experiment));
  const ran = await runCli(folder, '--json', '--quiet', 'run', file);
  const { id, path } = JSON.parse(ran.stdout) as { id: string; path: string };
  return { folder, id, path, ask: (...args: readonly string[]) => runCli(folder, ...args) };
}

describe('what a record of planted units says', () => {
  it('of their lives, of how definitions agree, and of rules', async () => {
    const { folder, id, ask } = await recorded(planted());

    const lives = JSON.parse((await ask('lifecycle', id, '--json', '--confidence', '0.9')).stdout) as LifeCycles;
    expect(lives.looks).toMatchObject([{ step: 0 }, { step: 4 }, { step: 8 }]);
    expect(lives.looks[0].images).toBe(200);
    expect(lives.all).toMatchObject({ units: 4, bornDead: 1, died: 0, revived: 0, dead: 1, followed: 3, hazard: 0 });
    expect(lives.all.survival.at(-1)).toMatchObject({ survival: 1, ...clopperPearsonInterval(3, 3, 0.9) });
    expect(lives.all.revivals.bornDead).toMatchObject({ followed: 1, revived: 0 });
    expect((await ask('lifecycle', id)).stdout).toContain('No unit died.');

    const agreed = JSON.parse((await ask('agreement', id, '--json')).stdout) as AgreementReport;
    expect(agreed).toMatchObject({
      step: 8,
      epoch: 2,
      images: 200,
      epsilon: 0.01,
      tau: 0.025,
      window: 4,
      resolution: 4,
    });
    const flagged = (of: AgreementReport) => of.all.definitions.map(({ definition, flagged: n }) => [definition, n]);
    // E|y| is 0, .51, 1 and .005: the last is .0132 times the layer's mean.
    expect(flagged(agreed)).toEqual([
      ['never-fired', 1],
      ['nearly-dead', 2],
      ['dormant', 2],
      ['silent', 1],
      ['constant', 2],
    ]);
    const pair = agreed.all.pairs.find(({ a, b }) => a === 'never-fired' && b === 'constant');
    expect(pair).toMatchObject({ both: 1, either: 2, jaccard: 0.5, containment: 'within' });
    const table = (await ask('agreement', id)).stdout;
    expect(table).toMatch(/never fired +0\.500 ⊂ +0\.500 ⊂ +1\.000 = +0\.500 ⊂/);
    expect(table).toContain('Not recorded: certified dead, gradient dead.');
    const strict = await ask('agreement', id, '--json', '--step', '4', '--epsilon', '0.001', '--tau', '0.6');
    expect(flagged(JSON.parse(strict.stdout) as AgreementReport).slice(1, 3)).toEqual([
      ['nearly-dead', 1],
      ['dormant', 2],
    ]);
    expect((await ask('agreement', id, '--epoch', '1.5')).stderr).toMatch(/USAGE .*Measured at epochs 0, 1, 2\./);
    expect(await ask('agreement', id, '--epoch', '1', '--step', '4')).toMatchObject({ code: 2 });

    const good = await ask('check', id, '--fail-on', 'never-fired>25%', '--fail-on', 'layer:rel*.pr<0.376');
    expect(good.code).toBe(0);
    expect(good.stdout).toMatch(/No rule is broken\.\n$/);
    const bad = await ask('check', id, '--fail-on', 'never-fired>24%', '--fail-on', 'died>0');
    expect(bad.code).toBe(12);
    expect(bad.stdout).toContain(
      'network: never-fired 1 of 4 units (25 %); 200 images of the probe split, epoch 2 (step 8)',
    );
    expect(bad.stdout).toContain('relu: 0');
    const silent = await ask('check', id, '--fail-on', 'silent>0');
    expect(silent.stdout).toContain('silent 1 of 4 units (25 %); 200 training images');
    const json = await ask('--json', 'check', id, '--fail-on', 'nearly-dead>0', '--epsilon', '0.001');
    expect(json.code).toBe(12);
    expect(JSON.parse(json.stdout)).toMatchObject({ passed: false, rules: [{ findings: [{ count: 1 }] }] });

    const file = join(folder, 'result.xml');
    const junit = await ask('check', id, '--fail-on', 'pr-min<=0', '--format', 'junit', '--out', file);
    expect(junit).toMatchObject({ code: 12, stdout: expect.stringContaining('FAIL  network.pr-min<=0') });
    expect(await readFile(file, 'utf8')).toContain('name="planted &#60;&#38;&#34;]]&#62;"');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const sarif = await ask('check', id, '--fail-on', 'pr-min<=0', '--format', 'sarif');
    expect(JSON.parse(sarif.stdout)).toMatchObject({ version: '2.1.0', runs: [{ results: [{ level: 'error' }] }] });
  });

  it('is an error where it says nothing, and no pass', async () => {
    const { id, ask, folder } = await recorded(planted({ probes: ['dead-units'] }));
    const unrecorded = await ask('--json', 'check', id, '--fail-on', 'certified-dead>0', '--fail-on', 'dormant>99%');
    expect(unrecorded.code).toBe(2);
    expect(JSON.parse(unrecorded.stdout)).toMatchObject({
      error: { code: 'USAGE', message: expect.stringMatching(/certified-dead[^]*It takes the probe dormant/) },
    });
    const misspelt = await ask('check', id, '--fail-on', 'layer:rleu.pr<1');
    expect(misspelt).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "relu"?') });
    expect(await ask('check', id)).toMatchObject({ code: 2, stderr: expect.stringContaining('Give a rule') });
    expect(await ask('check', 'nowhere', '--fail-on', 'dead>0')).toMatchObject({ code: 9 });
    expect(await ask('lifecycle', id, '--site', 'rleu')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "relu"?'),
    });
    expect(await ask('lifecycle', id, '--confidence', '1')).toMatchObject({ code: 2 });
    expect(await ask('--json', 'check', id, '--fail-on', 'dead>9', '--format', 'junit')).toMatchObject({ code: 2 });
    const nowhere = join(folder, 'no', 'such', 'folder.json');
    expect(await ask('check', id, '--fail-on', 'dead>9', '--out', nowhere)).toMatchObject({ code: 10 });
  });
});

describe('a run in which units die', () => {
  it('has the life cycle that its log tells', async () => {
    const { id, path, ask } = await recorded(dying);
    const log = (await readFile(join(path, 'events.jsonl'), 'utf8')).trim().split('\n');
    const events = log.map((line) => JSON.parse(line) as { type: string; site: string; unit: number; epoch: number });
    const { layers, all } = JSON.parse((await ask('lifecycle', id, '--json')).stdout) as LifeCycles;
    expect(all.died).toBeGreaterThan(0);
    for (const { site, bornDead, died, revived, dead, survival, followed } of layers) {
      const of = (type: string) => events.filter((event) => event.type === type && event.site === site);
      expect([bornDead, died, revived]).toEqual(
        ['unit.born-dead', 'unit.died', 'unit.revived'].map((type) => of(type).length),
      );
      expect(dead).toBe(bornDead + died - revived);
      const born = new Set(of('unit.born-dead').map(({ unit }) => unit));
      const everDied = new Set(of('unit.died').map(({ unit }) => unit)); // prettier-ignore
      const lost = [...everDied].filter((unit) => !born.has(unit)).length;
      expect(survival.at(-1)!.survival).toBeCloseTo(1 - lost / followed, 12);
    }
    const text = await ask('lifecycle', id);
    expect(text.stdout).toContain('Who revives');
    expect(text.stdout).toContain(`${all.died}`);
    const gate = await ask('check', id, '--fail-on', `died>=${all.died}`, '--fail-on', `died>${all.died}`);
    expect(gate.code).toBe(12);
    expect(gate.stdout).toMatch(/FAIL .*died>=[^]*pass .*died>/);
  });
});
