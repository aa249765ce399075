import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { optionName } from '../program.js';
import { runBench } from '../testing/run-bench.js';
import type { ReportBenchReport } from './report-bench-report.js';
import { reportSettingsSchema } from './report-settings.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const TINY = '--sites 3 --units 4 --epochs 3 --steps 5'.split(' ');
const run = (...args: string[]) => runBench(['report', ...TINY, ...args]);

it('makes the whole report of what it recorded', async () => {
  const { status, out } = await run('--json');
  expect(status).toBe(0);
  const { formats, memory, recordMebibytes } = JSON.parse(out) as ReportBenchReport;
  expect(formats.map(({ name }) => name)).toEqual(['html', 'svg', 'png', 'csv']);
  const [html, ...charts] = formats;
  expect(html).toMatchObject({ files: 1 });
  // Loss, Pr[y>0] by depth and through training, every unit's course and the distributions, at least.
  for (const { files, mebibytes } of charts) expect([files >= 5, mebibytes > 0]).toEqual([true, true]);
  expect([memory > 0, recordMebibytes > 0]).toEqual([true, true]);
});

it('prints a table', async () => {
  expect(await run()).toMatchObject({ status: 0, out: expect.stringMatching(/html .* 1 /) });
});

it('has a README that names every option', () => {
  const [, section] = /^## Making a report$(.*?)^## /ms.exec(readme)!;
  for (const setting of Object.keys(reportSettingsSchema.shape))
    expect(section).toContain(`\`${optionName(setting)}\``);
});
