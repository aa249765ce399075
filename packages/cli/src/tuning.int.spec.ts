import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineStatus } from '@reluctant/core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const EXPERIMENT = {
  name: 'tuned',
  dataset: { kind: 'textures', trainSize: 40, testSize: 20 },
  architecture: { kind: 'vgg', layout: [16, 'M', 16, 'M', 'M'], batchNorm: false },
  engine: { kind: 'onnx', threads: 1, tune: true },
  training: { epochs: 1, batchSize: 20, learningRate: 0.01 },
  probes: [],
};

it('what tuning finds is kept in the cache folder, told by doctor, and recorded with the run', async () => {
  const folder = await temporaryFolder();
  const cache = join(folder, 'cache');
  vi.stubEnv('RELUCTANT_CACHE', cache);
  onTestFinished(() => void vi.unstubAllEnvs());
  const doctor = async () => {
    const { stdout } = await runCli(folder, '--json', 'doctor');
    const { engines } = JSON.parse(stdout) as { engines: (EngineStatus & { kind: string })[] };
    return engines.find(({ kind }) => kind === 'onnx')!;
  };
  const { details } = await doctor();
  expect(details).toEqual([expect.stringMatching(/^convolutions: /), expect.stringMatching(/^tuning: /)]);
  const text = (await runCli(folder, 'doctor')).stdout;
  for (const detail of details!) expect(text).toContain(detail);
  // Another processor, another world: there is nothing to choose from.
  if (!details![1].startsWith('tuning: off')) return;

  const file = join(folder, 'tuned.json');
  await writeFile(file, JSON.stringify(EXPERIMENT));
  const run = async () => {
    const { code, stdout, stderr } = await runCli(folder, '--json', '--quiet', 'run', file);
    expect([code, stderr]).toEqual([0, '']);
    const { path } = JSON.parse(stdout) as { path: string };
    const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')) as { engine: EngineStatus };
    return manifest.engine.device;
  };
  const device = await run();
  expect(device).toMatch(/tuned: \d of 2 convolutions differ from the rules\)$/);
  const remembered = async () =>
    (await readdir(join(cache, 'tuning'), { recursive: true })).filter((name) => name.endsWith('.json'));
  expect(await remembered()).toHaveLength(1);
  expect(await run()).toBe(device);
  expect(await remembered()).toHaveLength(1);
});
