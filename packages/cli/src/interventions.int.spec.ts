import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunStore, type EventOf, type TrainingEvent } from '@reluctant/core';
import type { RunReport } from '@reluctant/report';
import { describe, expect, it } from 'vitest';
import { compose } from './compose.js';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const PLUGIN = join(import.meta.dirname, 'testing/plugins/planted.js');

/**
 * Four units: 0 is dead (no weight, bias −1), 1 half alive, 2 always on, 3 fires on one image of 200. An epoch has four steps.
 * The initializer is asked for positive biases, so that a new unit fires whatever weight it gets.
 */
async function runPlanted(
  interventions: readonly unknown[],
  training: object = {},
  probes: readonly string[] = ['dead-units', 'unit-lifecycle'],
) {
  const folder = await temporaryFolder();
  const file = join(folder, 'planted.json');
  const document = {
    name: 'planted',
    plugins: [PLUGIN],
    dataset: 'levels',
    architecture: 'planted',
    initializer: { kind: 'he-normal', bias: 0.5 },
    engine: 'onnx',
    training: { epochs: 3, batchSize: 64, learningRate: 0, optimizer: 'adam', ...training },
    probes,
    interventions,
  };
  await writeFile(file, JSON.stringify(document));
  return { folder, ...(await runCli(folder, '--json', 'run', file)) };
}

async function recordOf({ stdout }: { readonly stdout: string }) {
  const { summary, report, path } = JSON.parse(stdout) as { summary: RunReport; report: string; path: string };
  const container = await compose({ runs: path, plugins: [PLUGIN] });
  const reader = await container.get(RunStore).open(path);
  const events: TrainingEvent[] = [];
  for await (const event of reader.events()) events.push(event);
  const all = <T extends TrainingEvent['type']>(...types: readonly T[]) =>
    events.filter((event): event is EventOf<T> => (types as readonly string[]).includes(event.type));
  return { summary, report, all, state: (await reader.latestCheckpoint())!.state };
}

describe('interventions, through the whole program', () => {
  it('redo: a dead unit fires again at the next look, is told as revived, and no logit has changed', async () => {
    const redo = { kind: 'redo', tau: 0, when: { atEpochs: [1] } };
    const run = await runPlanted([redo]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('planted: redo: 1 unit of relu re-initialised');
    const { summary, all, report, state } = await recordOf(run);

    expect(all('intervention.applied', 'intervention.withheld')).toMatchObject([
      { intervention: 'redo', site: 'relu', units: [0], action: 're-initialised', step: 4, epoch: 1 },
    ]);
    expect(all('unit.born-dead', 'unit.died', 'unit.revived')).toMatchObject([
      { type: 'unit.born-dead', unit: 0, step: 0 },
      { type: 'unit.revived', unit: 0, step: 8 },
    ]);
    expect(summary.dead).toMatchObject({ neverFired: 0, step: 12 });
    // Without learning, nothing but the intervention has changed the network since step 0.
    const losses = all('evaluation.completed').map(({ loss }) => loss);
    expect(losses).toHaveLength(8);
    expect(new Set(losses).size).toBe(1);
    expect(state['conv/bias'].data).toEqual(Float32Array.of(0.5, 0, 1, -2));

    expect(summary.interventions).toEqual([
      {
        intervention: 'redo',
        action: 're-initialised',
        units: 1,
        sites: 1,
        times: 1,
        withheld: 0,
        sentence: 'redo: 1 unit re-initialised at 1 site, after 1 measurement.',
      },
    ]);
    const html = await readFile(report, 'utf8');
    expect(html).toContain('redo: 1 unit re-initialised at 1 site, after 1 measurement.');
  });

  it('redo: training goes on with the unit, which the next layer learns to use', async () => {
    const run = await runPlanted([{ kind: 'redo', tau: 0, when: { atEpochs: [0] } }], { learningRate: 0.01 });
    const { state, all, summary } = await recordOf(run);
    expect(all('intervention.applied')).toMatchObject([{ units: [0], step: 0, epoch: 0 }]);
    // The rows of unit 0 at the four positions, [16, 2], were closed before the first step.
    const rows = [0, 4, 8, 12].flatMap((row) => [2 * row, 2 * row + 1]);
    for (const entry of rows) expect(state['out/kernel'].data[entry]).not.toBe(0);
    expect(summary.final.trainLoss).toBeLessThan(all('evaluation.completed')[0].loss);
    expect(summary.dead!.neverFired).toBe(0);
  });

  it('without one, the dead unit stays dead', async () => {
    const { summary } = await recordOf(await runPlanted([], { learningRate: 0.01 }));
    expect(summary).toMatchObject({ interventions: [], dead: { neverFired: 1 }, lifeCycle: { revived: 0 } });
  });

  it('reinitialize-bias: the bias alone revives the unit, though it has no weight', async () => {
    const run = await runPlanted([{ kind: 'reinitialize-bias', to: 0.125, when: { everySteps: 6 } }]);
    const { all, state } = await recordOf(run);
    // In the middle of the second epoch, behind a measurement made for it.
    expect(all('intervention.applied')).toMatchObject([{ site: 'relu', units: [0], step: 6, epoch: 1.5 }]);
    expect(all('unit.revived')).toMatchObject([{ unit: 0, step: 8 }]);
    expect(state['conv/bias'].data).toEqual(Float32Array.of(0.125, 0, 1, -2));
    expect(state['conv/kernel'].data).toEqual(Float32Array.of(0, 1, 0, 1));
  });

  it('leaky-relu: a dead unit gets gradients again, which is measured, and its weights move', async () => {
    const leaky = { kind: 'leaky-relu', alpha: 0.25, when: { atEpochs: [1] } };
    const run = await runPlanted([leaky], { learningRate: 0.01 }, ['dead-units', 'gradient']);
    const { all, state, summary } = await recordOf(run);
    expect(all('intervention.applied', 'intervention.withheld')).toMatchObject([
      { intervention: 'leaky-relu', site: 'relu', units: [0], action: 'made leaky', step: 4, epoch: 1 },
    ]);
    expect(state['relu/leak/slope'].data).toEqual(Float32Array.of(0.25, 0, 0, 0));
    expect(state['conv/bias'].data[0]).not.toBe(-1);
    const gradients = all('probe.reading').filter(({ reading }) => reading.probe === 'gradient');
    const deadOf = (measure: string) => gradients.map(({ reading }) => reading.units[measure][0]);
    expect(deadOf('gradientDead')).toEqual([1, 0, 0]);
    expect(deadOf('activationDead')[1]).toBe(1);
    expect(summary.interventions).toMatchObject([
      { sentence: 'leaky-relu: 1 unit made leaky at 1 site, after 1 measurement.' },
    ]);
  });

  it('applies several in the order of the file, each on what the one before left', async () => {
    const when = { atEpochs: [1] };
    const run = await runPlanted([
      { kind: 'redo', tau: 0, when },
      { kind: 'reinitialize-bias', to: 0.25, when },
    ]);
    const { all, state, summary } = await recordOf(run);
    expect(all('intervention.applied').map(({ intervention }) => intervention)).toEqual(['redo', 'reinitialize-bias']);
    expect(state['conv/bias'].data[0]).toBe(0.25);
    expect(summary.interventions).toHaveLength(2);
  });

  it.each([
    ['a site that there is not', { kind: 'redo', sites: ['rely'] }, 3, 'Did you mean "relu"?'],
    ['a kind that there is not', { kind: 'rebo' }, 4, 'Did you mean "redo"?'],
    ['an option that there is not', { kind: 'redo', taw: 1 }, 3, 'Did you mean "tau"?'],
    ['no time', { kind: 'redo', when: { until: 3 } }, 3, 'give one of everyEpochs, everySteps, atEpochs'],
  ])('refuses %s, before anything is run', async (_, intervention, expected, says) => {
    const { code, stderr, folder } = await runPlanted([intervention]);
    expect(code).toBe(expected);
    expect(stderr).toContain(says);
    expect(JSON.parse((await runCli(folder, '--json', 'list', 'runs')).stdout)).toEqual([]);
  });

  it('are listed with the other plugins', async () => {
    const { stdout } = await runCli(await temporaryFolder(), '--json', 'list', 'plugins');
    const listed = JSON.parse(stdout) as { contract: string; kind: string }[];
    expect(listed.filter(({ contract }) => contract === 'intervention').map(({ kind }) => kind)).toEqual([
      'leaky-relu',
      'redo',
      'reinitialize-bias',
    ]);
  });
});
