import { Probe, pluginRegistry } from '@reluctant/core';
import { Container } from 'inversify';
import { expect, it } from 'vitest';
import probesModule from './plugin.js';

it('binds every probe under its kind', async () => {
  const container = new Container();
  await container.load(probesModule);
  const registry = pluginRegistry(container, 'probe', Probe);
  expect(registry.kinds).toEqual([
    'activation-histogram',
    'activation-probability',
    'activation-stats',
    'batch-norm-theory',
    'certified-dead',
    'dead-units',
    'dormant',
    'gradient',
    'position-activation',
    'pre-activation',
    'silence',
    'unit-lifecycle',
    'utility',
  ]);
  for (const probe of registry.all) expect(probe.summary).toMatch(/^\S.*[^.]$/);
});
