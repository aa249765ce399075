import { readFileSync } from 'node:fs';
import { createContainer, plugins } from '@reluctant/core';
import { plantedNetwork } from '@reluctant/core/testing';
import { expect, it } from 'vitest';
import * as interventions from './index.js';
import interventionsModule from './plugin.js';
import { samplesOf } from './testing/intervene-on.js';

it('binds every intervention under its kind, with options that are described here and in the README', async () => {
  expect(interventions.interventionsModule).toBe(interventionsModule);
  const registry = plugins(await createContainer([interventionsModule])).intervention;
  expect(registry.kinds).toEqual(['redo', 'reinitialize-bias']);
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
  for (const intervention of [interventions.redo, interventions.reinitializeBias]) {
    const tapsOf = (options: object) => intervention.taps(network.sites, intervention.options.parse(options) as never);
    expect(tapsOf({})).toMatchObject([{ site: 'planted', at: 'activation' }]);
    expect(() => tapsOf({ sites: ['plantd'] })).toThrow(/Did you mean "planted"/);
  }
});

it('says which statistic is missing in a sample', () => {
  const { network, batch } = plantedNetwork({ probabilities: [1] });
  const [sample] = samplesOf(network, {}, { ...batch, size: 0, x: new Float32Array() });
  expect(sample.site).toBe('planted');
});
