import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Dataset } from '@reluctant/core';
import { Container } from 'inversify';
import * as datasets from './index.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const block = (language: string): string => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)![1];

type AsyncFunction = (...values: readonly unknown[]) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...parametersAndBody: readonly string[]) => AsyncFunction;

describe('README', () => {
  it('has an example that prints what it says', async () => {
    const body = block('ts').replace(/^import \{ textures \} from '@reluctant\/datasets';\n/, '');
    const lines: string[] = [];
    const recorder = { log: (...values: readonly unknown[]) => lines.push(values.join(' ')) };
    await new AsyncFunction('textures', 'console', body)(datasets.textures, recorder);
    expect(lines.join('\n')).toBe(block('text').trimEnd());
  });

  it('lists every option of every kind', () => {
    const container = new Container();
    container.load(datasets.datasetsModule);
    for (const dataset of container.getAll(Dataset)) {
      expect(readme).toContain(`\`${dataset.kind}\``);
      for (const option of Object.keys(dataset.options.shape)) expect(readme).toMatch(new RegExp(`\`${option}[\`.]`));
    }
  });
});
