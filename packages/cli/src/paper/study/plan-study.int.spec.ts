import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSimulation, type TrainingExperiment } from '@reluctant/core';
import type { Container } from 'inversify';
import { beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../compose.js';
import type { Job } from '../jobs/job.js';
import { BUDGETS, budgetFile, loadStudy, type LoadedStudy } from './load-study.js';
import { planStudy } from './plan-study.js';
import { studySchema } from './study-schema.js';

const FILE = '/anywhere/study.yaml';
let container: Container;
beforeAll(async () => {
  container = await compose({ runs: 'nowhere', plugins: [] });
});

const plan = (document: object) =>
  planStudy({ file: FILE, study: studySchema.parse({ name: 'small', seeds: [1, 2], ...document }) }, container);
const EXPERIMENT = {
  dataset: { kind: 'textures', trainSize: 40, testSize: 20 },
  architecture: { kind: 'vgg', layout: [4, 'M'], batchNorm: false },
  engine: { kind: 'onnx', threads: 1 },
  training: { epochs: 2, learningRate: 0.05 },
};
const trainingOf = (job: Job) => job.experiment as TrainingExperiment;

describe('planStudy', () => {
  it('makes one job of each experiment, whoever asks for it', () => {
    const { jobs, networks, initializers, factors } = plan({
      experiment: EXPERIMENT,
      networks: [{ label: 'small' }],
      initializers: [{ label: 'small', of: ['he-normal', 'orthogonal'] }],
      factors: [{ label: 'rate', path: 'training.learningRate', values: [0.05, 0.5], seeds: [2] }],
    });
    // Two of the network, which he-normal and the rate of 0.05 are too; two orthogonal; one of the other rate.
    expect(jobs.map(({ label }) => label)).toEqual([
      'small, seed 1',
      'small, seed 2',
      'small, orthogonal, seed 1',
      'small, orthogonal, seed 2',
      'rate, 0.5, seed 2',
    ]);
    expect(initializers[0]!.arms[0]).toEqual({ label: 'he-normal', jobs: networks[0]!.jobs });
    expect(factors[0]!.arms[0]).toEqual({ label: '0.05', jobs: [networks[0]!.jobs[1]] });
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(5);
    expect(jobs.every(({ threads }) => threads === 1)).toBe(true);
  });

  it('takes nothing but the skips away', () => {
    const resnet = { architecture: { kind: 'resnet', depth: 8, width: 4 } };
    const { jobs, skips } = plan({
      experiment: EXPERIMENT,
      skips: [{ label: 'ResNet-8', set: resnet, without: { 'architecture.skips': false }, seeds: [3] }],
    });
    const [withSkips, without] = jobs.map(trainingOf);
    expect(skips[0]!.with.jobs).toEqual([jobs[0]!.id]);
    expect(withSkips!.architecture['skips']).toBe(true);
    expect(without).toEqual({
      ...withSkips,
      name: without!.name,
      architecture: { ...withSkips!.architecture, skips: false },
    });
  });

  it('names jobs by what they are: not by what they are called, nor by the order of settings', () => {
    const other = Object.fromEntries(Object.entries(EXPERIMENT).reverse());
    const ids = (document: object) => plan(document).jobs.map(({ id }) => id);
    const one = ids({ experiment: EXPERIMENT, networks: [{ label: 'one' }] });
    expect(ids({ experiment: other, networks: [{ label: 'another' }] })).toEqual(one);
    expect(ids({ experiment: { ...EXPERIMENT, initializer: 'orthogonal' }, networks: [{ label: 'one' }] })).not.toEqual(
      one,
    );
    expect(one[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  it('lets simulations have all cores, and start first', () => {
    const { jobs, rates, death } = plan({
      experiment: EXPERIMENT,
      networks: [{ label: 'small' }],
      rates: { trials: 0 },
      death: {},
    });
    expect([rates, death]).toEqual([jobs[0]!.id, jobs[1]!.id]);
    expect(jobs.slice(0, 2).every(({ experiment }) => isSimulation(experiment))).toBe(true);
  });

  it.each([
    [{ networks: [{ label: 'wide', set: { 'architecture.widht': 2 } }] }, /wide, seed 1.*Unknown key "widht"/s],
    [{ initializers: [{ label: 'x', of: ['he-normal', 'she-normal'] }] }, /she-normal/],
    [{ death: { trials: 'many' } }, /death.*trials/s],
  ])('refuses what is no experiment: %j', (document, message) => {
    expect(() => plan({ experiment: EXPERIMENT, ...document })).toThrow(message);
  });
});

describe('the studies of the project', () => {
  it('are the budgets', async () => {
    const files = await readdir(join(import.meta.dirname, '../../../../../examples/paper'));
    expect(files.sort()).toEqual(BUDGETS.map((budget) => `${budget}.yaml`).sort());
  });

  it.each(BUDGETS)('%s asks everything', async (budget) => {
    const loaded: LoadedStudy = await loadStudy(budgetFile(budget), container);
    expect(loaded.study.name).toBe(budget);
    const { networks, skips, initializers, factors, rates, death, jobs } = planStudy(loaded, container);
    expect([networks, skips, initializers, factors].map(({ length }) => length > 0)).toEqual([true, true, true, true]);
    expect(initializers[0]!.arms.length).toBeGreaterThanOrEqual(6);
    expect([rates, death].every((id) => jobs.some((job) => job.id === id))).toBe(true);
  });
});
