import { describe, expect, it } from 'vitest';
import { memoryRunReader } from '../samples/memory-run-reader.js';
import { plantReadings } from '../samples/plant-readings.js';
import { sampleManifest, site } from '../samples/sample-manifest.js';
import { groupDeadShares, groupsByDepth } from './group-curves.js';
import { layerDifferences } from './layer-differences.js';
import { runGroups, type NamedRun } from './run-groups.js';
import { readRun } from './run-record.js';

const sites = [site('a', 1, 2, 'dense', false), site('b', 2, 2, 'dense', false)];

/** A run that was measured at epochs 0, 1, …, whose units have these probabilities. */
async function run(name: string, config: object, ...measurements: readonly (readonly number[])[]): Promise<NamedRun> {
  const manifest = sampleManifest(sites, {
    id: name,
    name,
    config: { name, seed: name.length, probes: [name], ...config },
  });
  const events = measurements.flatMap((pr, epoch) =>
    sites.flatMap((one, index) =>
      plantReadings({ site: one, pr: pr.slice(2 * index, 2 * index + 2), step: 10 * epoch, epoch, images: 100 }),
    ),
  );
  return { name, record: await readRun(memoryRunReader(manifest, events)) };
}

const he = { initializer: { kind: 'he-normal', bias: 0 }, training: { learningRate: 0.1, epochs: 3 } };
const gaussian = { initializer: { kind: 'gaussian', std: 0.1 }, training: { learningRate: 0.1, epochs: 3 } };

describe('groups of runs', () => {
  const labels = async (...configs: readonly object[]) => {
    const runs = await Promise.all(configs.map((config, index) => run(`run${index}`, config, [1, 1, 1, 1])));
    return runGroups(runs).map(({ label, runs: members }) => [label, members.map(({ name }) => name).join(' ')]);
  };

  it('take runs together that differ in seed, name and probes only, and tell what differs otherwise', async () => {
    expect(await labels(he, gaussian, he)).toEqual([
      ['initializer he-normal', 'run0 run2'],
      ['initializer gaussian', 'run1'],
    ]);
    expect(await labels(he, he)).toEqual([['all runs', 'run0 run1']]);
  });

  it('tell options apart within a kind, and plain settings', async () => {
    const wide = { ...gaussian, initializer: { kind: 'gaussian', std: 0.5 } };
    const slow = { ...he, training: { learningRate: 0.01, epochs: 3 } };
    expect(await labels(he, gaussian, wide, slow)).toEqual([
      ['initializer he-normal, learningRate 0.1', 'run0'],
      ['initializer gaussian, std 0.1, learningRate 0.1', 'run1'],
      ['initializer gaussian, std 0.5, learningRate 0.1', 'run2'],
      ['initializer he-normal, learningRate 0.01', 'run3'],
    ]);
  });

  it('name no more settings than tell them apart, and list the others', async () => {
    const longer = { ...gaussian, training: { learningRate: 0.1, epochs: 5 } };
    const runs = await Promise.all([he, longer].map((config, index) => run(`run${index}`, config, [1, 1, 1, 1])));
    expect(runGroups(runs).map(({ label, settings }) => [label, settings])).toEqual([
      ['initializer he-normal', [{ name: 'initializer', value: 'he-normal' }, { name: 'epochs', value: '3' }]], // prettier-ignore
      ['initializer gaussian', [{ name: 'initializer', value: 'gaussian' }, { name: 'epochs', value: '5' }]], // prettier-ignore
    ]);
  });

  it('are not confused by text that looks like a list', async () => {
    expect(await labels({ ...he, note: '[x' }, { ...he, note: '["y"]' })).toEqual([
      ['note [x', 'run0'],
      ['note ["y"]', 'run1'],
    ]);
  });

  it('name interventions by their kinds, and don’t mind the order of settings or where data lie', async () => {
    const turned = { training: { epochs: 3, learningRate: 0.1 }, initializer: { bias: 0, kind: 'he-normal' } };
    expect(
      await labels(
        { ...he, interventions: [], dataset: { kind: 'idx', path: '/a' } },
        { ...turned, interventions: [], dataset: { kind: 'idx', path: '/b' } },
        { ...he, interventions: [{ kind: 'redo', every: 2 }], dataset: { kind: 'idx', path: '/a' } },
      ),
    ).toEqual([
      ['interventions none', 'run0 run1'],
      ['interventions redo', 'run2'],
    ]);
  });
});

describe('compared groups', () => {
  const groups = async () =>
    runGroups([
      await run('x', he, [1, 1, 0, 0], [0.4, 0.6, 0.2, 0.2]),
      await run('xx', he, [1, 1, 0, 1], [0.6, 0.6, 0.2, 0.4]),
      await run('xxx', gaussian, [1, 1, 0, 1], [0.8, 0.8, 0, 0.2], [0.9, 0.9, 0, 0]),
    ]);

  it('have the mean and range of their runs, by depth and over training', async () => {
    const [first, second] = groupsByDepth(await groups());
    expect(first).toMatchObject({ label: 'initializer he-normal', runs: 2, images: 100 });
    expect(
      first!.layers.map(({ mean, least, greatest }) => [mean, least, greatest].map((value) => value.toFixed(3))),
    ).toEqual([
      ['0.550', '0.500', '0.600'],
      ['0.250', '0.200', '0.300'],
    ]);
    expect(second!.layers.map(({ mean, runs }) => [mean, runs])).toEqual([[0.9, 1], [0, 1]]); // prettier-ignore
    const shares = groupDeadShares(await groups());
    expect(shares.map(({ points }) => points.map(({ epoch, mean, greatest }) => [epoch, mean, greatest]))).toEqual([
      [[0, 0.375, 0.5], [1, 0, 0]], // prettier-ignore
      [[0, 0.25, 0.25], [1, 0.25, 0.25], [2, 0.5, 0.5]], // prettier-ignore
    ]);
  });

  it('differ by layer, with Welch’s interval only where both have several runs', async () => {
    const [one] = layerDifferences(await groups());
    expect(one).toMatchObject({ baseline: 'initializer he-normal', over: 'images', runs: 1, baselineRuns: 2 });
    expect(one!.layers.map(({ difference, lower }) => [difference.toFixed(3), lower])).toEqual([
      ['0.350', null],
      ['-0.250', null],
    ]);
    const repeated = await groups();
    const more = [
      ...repeated.slice(0, 1),
      { ...repeated[1]!, label: 'again', runs: [...repeated[1]!.runs, ...repeated[1]!.runs] },
    ];
    expect(layerDifferences(more)[0]).toMatchObject({ over: 'runs', confidence: 0.95 });
    expect(layerDifferences(more)[0]!.layers[0]!.lower).toBeLessThan(0.35);
  });

  it('of one run each have the interval over images that both layers’ intervals give', async () => {
    const single = (await groups()).map((group) => ({ ...group, runs: group.runs.slice(0, 1) }));
    const [{ difference, lower, upper }] = layerDifferences(single)[0]!.layers as never as [
      { difference: number; lower: number; upper: number },
    ];
    // Planted intervals reach 0.05 to either side.
    expect(upper - difference).toBeCloseTo(0.05 * Math.SQRT2, 12);
    expect(difference - lower).toBeCloseTo(0.05 * Math.SQRT2, 12);
  });

  it('leave out runs that were not measured', async () => {
    const unmeasured = runGroups([await run('x', he), await run('xx', gaussian, [1, 1, 0, 0])]);
    expect(groupsByDepth(unmeasured).map(({ label }) => label)).toEqual(['initializer gaussian']);
    expect(groupDeadShares(unmeasured)).toHaveLength(1);
    expect(layerDifferences(unmeasured)).toEqual([]);
  });
});
