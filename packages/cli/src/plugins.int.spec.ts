import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importFrom } from './import-from.js';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const PLANTED = join(import.meta.dirname, 'testing/plugins/planted.js');

it('a plugin that the file and --plugin name is loaded once, and a resume without it says what is missing', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'planted.json');
  const training = { epochs: 1, batchSize: 64 };
  const experiment = { plugins: [PLANTED], dataset: 'levels', architecture: 'planted', engine: 'onnx', training };
  await writeFile(file, JSON.stringify({ ...experiment, probes: ['faulty'] }));
  // The probe fails at the end of the epoch: the run stays unfinished.
  const first = await runCli(folder, '--json', '--quiet', '--plugin', PLANTED, '--plugin', PLANTED, 'run', file);
  expect(first.code).toBe(11);
  const [{ id }] = JSON.parse((await runCli(folder, '--json', 'list', 'runs')).stdout) as { id: string }[];
  const resumed = await runCli(folder, '--quiet', 'resume', id);
  expect(resumed.code).toBe(4);
  expect(resumed.stderr).toContain(`${PLANTED}: give each with --plugin`);
});

it('a package is found from the folder of the file, also where it exports to import alone', async () => {
  const folder = await temporaryFolder();
  for (const [name, condition] of [
    ['plain-plugin', 'default'],
    ['esm-plugin', 'import'],
  ]) {
    const place = join(folder, 'node_modules', name);
    await mkdir(place, { recursive: true });
    const description = { name, version: '1.0.0', type: 'module', exports: { '.': { [condition]: './index.js' } } };
    await writeFile(join(place, 'package.json'), JSON.stringify(description));
    await writeFile(join(place, 'index.js'), `export default '${name}'`);
    const imported = (await importFrom(folder)(name)) as { readonly default: unknown };
    expect(imported.default).toBe(name);
  }
  await expect(async () => importFrom(folder)('no-plugin')).rejects.toThrow(/Cannot find module 'no-plugin'/);
});
