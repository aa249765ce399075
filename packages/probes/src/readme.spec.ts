import { readFileSync } from 'node:fs';
import * as core from '@reluctant/core';
import * as cpu from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import * as rxjs from 'rxjs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as probes from './index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [example, watching] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

const MODULES: Readonly<Record<string, unknown>> = {
  '@reluctant/core': core,
  '@reluctant/probes': probes,
  '@tensorflow/tfjs-backend-cpu': cpu,
  '@tensorflow/tfjs-core': tf,
  '@tensorflow/tfjs-layers': tfLayers,
  rxjs,
};

/** Runs an example and returns what it prints. */
async function run(code: string): Promise<readonly unknown[]> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const script = ts.transpileModule(code, { compilerOptions }).outputText;
  const printed: unknown[] = [];
  const log = (value: unknown) => printed.push(value);
  const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
  await new AsyncFunction('require', 'exports', 'console', script)((name: string) => MODULES[name], {}, { log });
  return printed;
}

describe('README', () => {
  it('has an example that prints what its comments say', async () => {
    const printed = await run(example);
    const promised = [...example.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, comment]) => JSON.parse(comment));
    expect(promised).toHaveLength(3);
    expect(printed).toEqual(promised);
  });

  it('watches a model of your own as it shows', async () => {
    await tf.setBackend('cpu');
    const [table] = (await run(watching)) as [string];
    const withoutNumbers = (text: string) => text.trim().replace(/ +[\d.]+/g, ' #');
    const shown = /```text\n(layer[\s\S]*?)```/.exec(readme)![1];
    expect(withoutNumbers(table)).toBe(withoutNumbers(shown));
    expect(watching.split('\n').filter((line) => line && !line.startsWith('import')).length).toBeLessThanOrEqual(10);
  });
});
