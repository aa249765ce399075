import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { optionName } from '../program.js';
import { runBench } from '../testing/run-bench.js';
import { formatPeersReport } from './format-peers-report.js';
import type { PeersReport } from './peers-report.js';
import { peersSettingsSchema } from './peers-settings.js';
import { isSame } from './probability-agreement.js';

const hasPytorch = spawnSync('/usr/bin/python3', ['-c', 'import torch']).status === 0;
const ABSENT = ['--python', '/nowhere/python3'];
const TINY = (
  '--architectures resnet8 --batch 8 --rounds 2 --warmup 1 --steps-per-round 2 --pause 0 --width 0.125 --threads 1 ' +
  '--attempts 1 --images 64 --compared-after 1,4 --seeds 2'
).split(' ');

const run = (...args: string[]) => runBench(['peers', ...args]);

describe.skipIf(!hasPytorch)('with PyTorch (apt-get install python3-torch where this is skipped)', () => {
  it('times rows that are processes of their own, and finds the same Pr[y>0]', { timeout: 240_000 }, async () => {
    const { status, out, error } = await run('--json', ...TINY);
    expect(error).toContain('resnet8: comparing Pr[y>0], seed 2 of 2');
    expect(status).toBe(0);
    const report = JSON.parse(out) as PeersReport;
    const { duels, data, images } = report;
    expect(['textures', 'cifar10']).toContain(data);
    expect(images).toBe(64);
    for (const { contenders, agreements, relus } of duels) {
      expect(
        contenders.map(({ side, layout, watching }) => [side, layout, watching].filter(Boolean).join(' ')),
      ).toEqual(
        ['nothing', 'all-probes'].flatMap((watching) =>
          ['ours', 'pytorch default', 'pytorch channels-last'].map((side) => `${side} ${watching}`),
        ),
      );
      for (const { peakMemoryMiB, samples, side, ours } of contenders) {
        expect(peakMemoryMiB).toBeGreaterThan(50);
        expect(samples).toHaveLength(2);
        if (side === 'pytorch') expect(ours!.ofMedians).toBeGreaterThan(0);
      }
      expect(agreements.map(({ steps, one, other }) => `${steps}: ${one}, ${other}`)).toEqual(
        [1, 4].flatMap((steps) => [
          `${steps}: ours, PyTorch default`,
          `${steps}: ours, PyTorch channels-last`,
          `${steps}: PyTorch default, PyTorch channels-last`,
        ]),
      );
      for (const { steps, sites } of agreements) {
        expect(sites).toHaveLength(relus);
        for (const { ours, theirs, within } of sites) {
          expect(ours).toBeGreaterThan(0.05);
          // Sides have not parted yet; statistics of another unit, image or mode would be far off.
          expect(Math.abs(ours - theirs)).toBeLessThan(steps === 1 ? 1e-4 : 0.01);
          if (steps === 1) expect(within).toBe(1);
        }
      }
      expect(agreements[0].sites.some(isSame)).toBe(true);
    }

    const tables = formatPeersReport(report);
    expect(tables).toMatch(/PyTorch, default.*all-probes.*%/);
    expect(tables).toMatch(/stem_relu +│ +0\.\d{4}/);
    expect(tables).toMatch(/│ +1 │ ours, PyTorch default +│ +\d of 7 │ +0\.0000\d │ +100 % │/);
  });
});

describe('without PyTorch', () => {
  it('measures ours alone and says so', { timeout: 240_000 }, async () => {
    const { status, out } = await run(...TINY, ...ABSENT);
    expect(status).toBe(0);
    expect(out).toMatch(/PyTorch: NOT COMPARED.*apt-get install python3-torch/);
    expect(out).toMatch(/ours +.*all-probes +.*\d/);
    expect(out).not.toContain('Pr[y>0] on');
  });

  it('fails where PyTorch is required', async () => {
    expect(await run(...TINY, ...ABSENT, '--require-pytorch')).toMatchObject({ status: 7, out: '' });
  });
});

it.each([
  [['--batch', '0'], /--batch: /],
  [['--seeds', '1'], /--seeds: /],
  [['--compared-after', '10,0'], /--compared-after: /],
  [['--images', '10'], /10 test images are fewer than two batches of 64/],
  [['--architectures', 'lenet'], /Unknown architecture "lenet"/],
])('refuses %j', async (args, message) => {
  const result = await run(...args);
  expect(result.error).toMatch(message);
  expect(result).toMatchObject({ status: 2, out: '' });
});

it('has a README that names every option', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, section] = readme.split('## Against PyTorch with all probes');
  for (const setting of Object.keys(peersSettingsSchema.shape)) expect(section).toContain(`\`${optionName(setting)}\``);
});
