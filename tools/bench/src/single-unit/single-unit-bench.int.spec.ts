import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { optionName } from '../program.js';
import { runBench } from '../testing/run-bench.js';
import { startPython } from '../python-program.js';
import { measureLimit, vectorsPerUpdate } from './multiply-adds.js';
import { NUMPY } from './numpy-program.js';
import type { SingleUnitReport } from './single-unit-report.js';
import { singleUnitSettingsSchema } from './single-unit-settings.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const TINY = '--trials 2000 --updates 200 --rounds 1 --many-inputs 64 --threads 2'.split(' ');

const hasNumpy = await startPython('/usr/bin/python3', NUMPY).then(
  ({ process }) => process.close().then(() => true),
  () => false,
);

const run = (...args: string[]) => runBench(['single-unit', ...args]);

it.runIf(hasNumpy).each([[[]], [['--unbiased']]])(
  'ends where NumPy ends: %j',
  { timeout: 120_000 },
  async (options) => {
    const { status, out } = await run('--json', ...TINY, ...options);
    expect(status).toBe(0);
    const report = JSON.parse(out) as SingleUnitReport;
    expect(report.subjects.map(({ name }) => name)).toEqual([
      'NumPy',
      'full, L = 16, 1 thread',
      'order parameters, L = 16, 1 thread',
      'full, L = 16, 2 threads',
      'order parameters, L = 16, 2 threads',
      'order parameters, L = 64, 1 thread',
    ]);
    for (const { name, deviations, limitShare, samples } of report.subjects) {
      expect(samples).toHaveLength(1);
      if (name !== 'NumPy') expect(limitShare).toBeLessThan(1);
      if (!deviations) continue;
      expect(Math.abs(deviations.activation)).toBeLessThan(4.5);
      expect(Math.abs(deviations.excessError)).toBeLessThan(4.5);
    }
  },
);

it.runIf(hasNumpy)('prints a table', { timeout: 120_000 }, async () => {
  const { status, out } = await run(...TINY);
  expect(status).toBe(0);
  expect(out).toMatch(/order parameters, L = 16, 2 threads .*%/);
  expect(out).toMatch(/Other programs used|does not tell/);
});

it('says what to install where NumPy is missing', async () => {
  const { status, error } = await run('--python', '/usr/bin/false');
  expect(status).not.toBe(0);
  expect(error).toContain('python3-numpy');
});

it('counts the multiply-adds of an update, and measures a limit', () => {
  expect(vectorsPerUpdate('full', 16, 0)).toBe(50 + 8);
  expect(vectorsPerUpdate('full', 16, 1)).toBe(50 + 3.125 + 24);
  expect(vectorsPerUpdate('order-parameters', 16, 0.5)).toBe(vectorsPerUpdate('order-parameters', 1000, 0.5));
  expect(measureLimit()).toBeGreaterThan(1e8);
});

it('has a README that names every option', () => {
  for (const name of Object.keys(singleUnitSettingsSchema.shape)) expect(readme).toContain(`\`${optionName(name)}\``);
});
