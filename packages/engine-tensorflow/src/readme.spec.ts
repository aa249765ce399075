import { readFileSync } from 'node:fs';
import * as core from '@reluctant/core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import ts from 'typescript';
import { expect, it } from 'vitest';
import * as engines from './index.js';

it('has an example that prints what its comments say', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1];
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  const script = ts.transpileModule(example, { compilerOptions: options }).outputText;
  const modules: Record<string, unknown> = {
    '@reluctant/core': core,
    '@reluctant/engine-tensorflow': engines,
    '@tensorflow/tfjs-layers': tfLayers,
  };
  const printed: unknown[] = [];
  const run = new Function('require', 'exports', 'console', `return (async () => { ${script} })();`);
  await run((name: string) => modules[name], {}, { log: (value: unknown) => printed.push(value) });
  const promised = [...example.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, comment]) => JSON.parse(comment));
  expect(promised).toHaveLength(2);
  expect(printed).toEqual(promised);
});
