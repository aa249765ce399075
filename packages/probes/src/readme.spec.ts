import { readFileSync } from 'node:fs';
import * as core from '@reluctant/core';
import * as rxjs from 'rxjs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as probes from './index.js';
import probesModule from './plugin.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('README', () => {
  it('has an example that prints what its comments say', () => {
    const example = /```ts\n([\s\S]*?)```/.exec(readme)![1];
    const script = ts.transpileModule(example, { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText;
    const modules: Record<string, unknown> = { '@reluctant/core': core, '@reluctant/probes': probes, rxjs };
    const printed: unknown[] = [];
    new Function('require', 'exports', 'console', script)(
      (name: string) => modules[name],
      {},
      {
        log: (value: unknown) => printed.push(value),
      },
    );
    const promised = [...example.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, comment]) => JSON.parse(comment));
    expect(promised).toHaveLength(3);
    expect(printed).toEqual(promised);
  });

  it('names every probe and option', () => {
    expect(probes.probesModule).toBe(probesModule);
    for (const probe of [
      probes.activationProbability,
      probes.deadUnits,
      probes.dormant,
      probes.activationStats,
      probes.preActivation,
      probes.gradient,
      probes.unitLifecycle,
    ]) {
      expect(readme).toContain(`\`${probe.kind}\``);
      for (const option of Object.keys(probe.options.shape)) expect(readme).toContain(`\`${option}\``);
    }
  });
});
