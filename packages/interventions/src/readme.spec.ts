import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as core from '@reluctant/core';
import { plantedNetwork } from '@reluctant/core/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import ts from 'typescript';
import { expect, it } from 'vitest';
import * as zod from 'zod';
import { interventionsModule } from './index.js';
import { interveneOn, samplesOf } from './testing/intervene-on.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('has an experiment that is taken', async () => {
  const container = await core.createContainer([interventionsModule]);
  const schema = core.plugins(container).intervention;
  const { interventions } = core.parseDocument(/```yaml\n([\s\S]*?)```/.exec(readme)![1], 'README') as unknown as {
    interventions: core.InterventionChoice[];
  };
  expect(interventions).toHaveLength(3);
  for (const { kind, when, ...options } of interventions) {
    schema.get(kind).options.parse(options);
    core.interventionTimingSchema.optional().parse(when);
  }
});

it('has an intervention that works', async () => {
  await setBackend('cpu');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1];
  const script = ts.transpileModule(example, { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText;
  const exported: { fade?: core.Intervention<object> } = {};
  const modules: Record<string, unknown> = { '@reluctant/core': core, zod };
  new Function('require', 'exports', script)((name: string) => modules[name], exported);

  const { network, batch } = plantedNetwork({ probabilities: [0, 1], side: 2 });
  const state = core.readParameters(network);
  const before = state['logits/kernel'].data;
  const samples = samplesOf(network, state, batch);
  const { changes, applied } = interveneOn(exported.fade!, network, { state, samples });
  expect(applied).toEqual([{ site: 'planted', units: [0], action: 'faded' }]);
  expect(changes['logits/kernel'].data).toEqual(Float32Array.of(before[0] / 2, before[1] / 2, before[2], before[3]));
});
