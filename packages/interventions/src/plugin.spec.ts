import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { createContainer, plugins, readParameters } from '@reluctant/core';
import { plantedNetwork } from '@reluctant/core/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import * as interventions from './index.js';
import interventionsModule from './plugin.js';
import { interveneOn, samplesOf } from './testing/intervene-on.js';

beforeAll(async () => {
  await setBackend('cpu');
});

it('binds every intervention under its kind, with options that are described here and in the README', async () => {
  expect(interventions.interventionsModule).toBe(interventionsModule);
  const registry = plugins(await createContainer([interventionsModule])).intervention;
  expect(registry.kinds).toEqual(['leaky-relu', 'redo', 'reinitialize-bias']);
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const { kind, summary, options } of registry.all) {
    expect(summary).toMatch(/^\S.*[^.]$/);
    expect(readme).toContain(`## \`${kind}\``);
    for (const [name, option] of Object.entries(options.shape)) {
      expect((option as { readonly description?: string }).description, name).toMatch(/\w{3}/);
      expect(readme).toContain(`| \`${name}\``);
    }
  }
});

it('asks for one statistic at the sites that are named, and for no site that there is not', () => {
  const { network } = plantedNetwork({ probabilities: [1] });
  for (const intervention of [interventions.leakyRelu, interventions.redo, interventions.reinitializeBias]) {
    const tapsOf = (options: object) => intervention.taps(network.sites, intervention.options.parse(options) as never);
    expect(tapsOf({})).toMatchObject([{ site: 'planted', at: 'activation' }]);
    expect(() => tapsOf({ sites: ['plantd'] })).toThrow(/Did you mean "planted"/);
  }
});

it('says which statistic is missing in a sample', () => {
  const { network, batch } = plantedNetwork({ probabilities: [1] });
  const state = readParameters(network);
  const samples = samplesOf(network, state, batch).map((sample) => ({ ...sample, values: {} }));
  const missing = (statistic: string) =>
    expect.objectContaining({ code: 'PLUGIN_INVALID', message: `The sample of "planted" holds no "${statistic}".` });
  expect(() => interveneOn(interventions.redo, network, { state, samples })).toThrow(missing('sumAbs'));
  expect(() => interveneOn(interventions.reinitializeBias, network, { state, samples })).toThrow(missing('fired'));
});
