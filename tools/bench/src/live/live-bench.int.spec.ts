import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { optionName } from '../program.js';
import { runBench } from '../testing/run-bench.js';
import type { LiveReport } from './live-report.js';
import { liveSettingsSchema } from './live-settings.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const TINY = '--runs 2 --sites 3 --units 4 --epochs 3 --steps 5 --rounds 2 --rate 50 --seconds 2'.split(' ');

it('asks a real server for everything, and is told of a run that grows', async () => {
  const { status, out } = await runBench(['live', '--json', ...TINY]);
  expect(status).toBe(0);
  const report = JSON.parse(out) as LiveReport;
  const names = ['list', 'detail', 'training', 'layers', 'depth', 'transitions', 'heat map', 'unit'];
  expect(report.answers.map(({ name }) => name)).toEqual(names);
  for (const { kibibytes, first, again } of report.answers) {
    expect(kibibytes).toBeGreaterThan(0);
    expect(Math.min(first.minimum, again.minimum)).toBeGreaterThan(0);
  }
  expect(report.watched.events).toBeGreaterThan(0);
  expect(report.watched.delay.minimum).toBeGreaterThan(0);
});

it('has a README that names every option', () => {
  const [, section] = /^## The live page's server$(.*?)^## /ms.exec(readme)!;
  for (const setting of Object.keys(liveSettingsSchema.shape)) expect(section).toContain(`\`${optionName(setting)}\``);
});
