import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { optionName } from '../program.js';
import { runBench } from '../testing/run-bench.js';
import type { StoreReport } from './store-report.js';
import { storeSettingsSchema } from './store-settings.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const TINY = '--sites 3 --units 4 --epochs 2 --steps 5 --rounds 2 --warmup 0'.split(' ');

const run = (...args: string[]) => runBench(['store', ...args]);

it('finds all that it recorded, the epoch that has not ended included', async () => {
  const { status, out, error } = await run('--json', ...TINY);
  expect(error).toContain('recorded 2 of 2 epochs');
  expect(status).toBe(0);
  const report = JSON.parse(out) as StoreReport;
  // An epoch: 5 steps, 6 samples, 4 readings of each of 3 sites; the first one's end.
  expect(Object.fromEntries(report.subjects.map(({ name, items }) => [name, items]))).toEqual({
    'one probe, one site': 2,
    'one site': 8,
    'one probe': 6,
    'all readings': 24,
    'training steps': 10,
    'all events': 47,
  });
  for (const { samples, cpu } of report.subjects) {
    expect(samples).toHaveLength(2);
    expect(cpu.median).toBeGreaterThan(0);
  }
  expect(report.mebibytes).toBeGreaterThan(0);
});

it('prints a table', async () => {
  const { status, out } = await run(...TINY);
  expect(status).toBe(0);
  expect(out).toMatch(/one probe, one site .* 2 /);
});

it('refuses what is not a number', async () => {
  expect(await run('--sites', 'many')).toMatchObject({ status: 2, error: expect.stringContaining('--sites') });
});

it('has a README that names every option', () => {
  const [, section] = /^## Reading a record$(.*?)^## /ms.exec(readme)!;
  for (const setting of Object.keys(storeSettingsSchema.shape)) expect(section).toContain(`\`${optionName(setting)}\``);
});
