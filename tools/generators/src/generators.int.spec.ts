import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { ESLint } from 'eslint';
import prettier from 'prettier';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import architectureGenerator from './architecture/generator.js';
import datasetGenerator from './dataset/generator.js';
import probeGenerator from './probe/generator.js';
import { filesBelow, repository, workspaceTree } from './testing/workspace-tree.js';

/** Inside the repository, so that generated packages find its node_modules; git ignores it. */
const FOLDER = 'tools/generators/test-results/generated';
const GENERATED = [
  { generate: architectureGenerator, name: 'example', directory: `${FOLDER}/arch-example` },
  { generate: datasetGenerator, name: 'example', directory: `${FOLDER}/dataset-example` },
  // Names decide where lines break.
  { generate: probeGenerator, name: 'name-long-enough-to-break-lines', directory: `${FOLDER}/probe-long` },
];
const files = new Map<string, string>();

beforeAll(async () => {
  await rm(`${repository}${FOLDER}`, { recursive: true, force: true });
  const tree = workspaceTree();
  for (const { generate, name, directory } of GENERATED) await generate(tree, { name, directory });
  for (const [path, content] of filesBelow(tree, FOLDER)) {
    files.set(path, content);
    await mkdir(dirname(`${repository}${path}`), { recursive: true });
    await writeFile(`${repository}${path}`, content);
  }
});
afterAll(() => rm(`${repository}${FOLDER}`, { recursive: true, force: true }));

describe('generated packages', () => {
  it('are what the compiler takes', { timeout: 240_000 }, () => {
    const parsed = GENERATED.map(({ directory }) => {
      const file = `${repository}${directory}/tsconfig.json`;
      return ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, dirname(file));
    });
    const sources = parsed.flatMap(({ fileNames }) => fileNames);
    expect(sources).toHaveLength([...files.keys()].filter((path) => path.endsWith('.ts')).length);
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(sources, parsed[0].options));
    expect(diagnostics.map(({ file, messageText }) => `${file?.fileName}: ${JSON.stringify(messageText)}`)).toEqual([]);
  });

  it('are formatted', async () => {
    const config = JSON.parse(await readFile(`${repository}.prettierrc.json`, 'utf8'));
    for (const [filepath, content] of files) {
      expect(await prettier.check(content, { ...config, filepath }), filepath).toBe(true);
    }
  });

  it.each(GENERATED)('pass their own tests: $directory', { timeout: 240_000 }, async ({ directory }) => {
    await promisify(execFile)('npm', ['test'], {
      cwd: `${repository}${directory}`,
      shell: process.platform === 'win32',
    });
    const report = JSON.parse(await readFile(`${repository}${directory}/test-results/vitest.json`, 'utf8'));
    expect(report.numPassedTests).toBe(report.numTotalTests);
    expect(report.testResults).toHaveLength(2);
  });

  it('pass lint', { timeout: 240_000 }, async () => {
    const eslint = new ESLint({ cwd: repository });
    for (const [path, content] of files) {
      if (!path.endsWith('.ts')) continue;
      const filePath = `${repository}${path.replace(FOLDER, 'packages')}`;
      const [{ messages }] = await eslint.lintText(content, { filePath });
      expect(messages, path).toEqual([]);
    }
  });
});

describe('generators.json', () => {
  it('names what the build makes', async () => {
    const { generators } = JSON.parse(await readFile(`${repository}tools/generators/generators.json`, 'utf8'));
    expect(Object.keys(generators)).toEqual(['architecture', 'probe', 'dataset']);
    for (const { implementation, schema } of Object.values<Record<string, string>>(generators)) {
      const source = implementation.replace('./dist/', './').replace(/js$/, 'ts');
      const module = await import(new URL(source, import.meta.url).href);
      expect(module.default).toBeTypeOf('function');
      const { properties } = JSON.parse(await readFile(`${repository}tools/generators/${schema}`, 'utf8'));
      expect(Object.keys(properties)).toEqual(['name', 'directory']);
    }
  });
});
