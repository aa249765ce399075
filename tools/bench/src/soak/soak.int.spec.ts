import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { optionName } from '../program.js';
import { runBench } from '../testing/run-bench.js';
import type { SoakReport } from './soak-report.js';
import { soakSettingsSchema } from './soak-settings.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const TINY = '--batch 3 --steps 25 --sample 10 --width 0.03125 --threads 1'.split(' ');

const run = (args: readonly string[], onProgress?: (message: string) => void) =>
  runBench(['soak', ...args], onProgress);

describe('bench soak', () => {
  it('trains every architecture and tells all in JSON', { timeout: 240_000 }, async () => {
    const { status, out, error } = await run(['--json', '--architectures', 'vgg11,resnet8', ...TINY]);
    expect(error).toContain('resnet8: 25 steps without prefetch');
    expect(status).toBe(0);
    const report = JSON.parse(out) as SoakReport;
    expect(report).toMatchObject({ benchmark: 'soak', settings: { batch: 3, steps: 25, sample: 10 }, partial: false });
    expect(['textures', 'cifar10']).toContain(report.images);
    expect(report.networks.map(({ architecture, steps }) => [architecture, steps])).toEqual([
      ['vgg11', 25],
      ['resnet8', 25],
    ]);
    for (const { step, memory, eventLoop, input, unprefetchedInput, foreignShare } of report.networks) {
      expect(memory.samples.map((sample) => sample.step)).toEqual([0, 10, 20]);
      const sizes = memory.samples.map(({ mebibytes }) => mebibytes);
      expect([memory.first, memory.last, memory.maximum]).toEqual([sizes[0], sizes[2], Math.max(...sizes)]);
      // Of three evenly spaced points, the line's slope is that from the first to the last.
      expect(memory.growth.slope).toBeCloseTo((sizes[2] - sizes[0]) / 0.02, 6);
      expect(memory.growth.standardError).toBeGreaterThanOrEqual(0);
      for (const waiting of [input, unprefetchedInput!]) {
        expect(waiting.steps).toBe(25);
        expect(waiting.p99).toBeGreaterThanOrEqual(waiting.median);
        expect(waiting.median).toBeGreaterThan(0);
        expect(waiting.share).toBeGreaterThan(0);
        expect(waiting.share).toBeLessThan(1);
      }
      expect(step.p99).toBeGreaterThanOrEqual(step.median);
      expect(step.median).toBeGreaterThan(input.median);
      if (eventLoop) {
        expect(eventLoop.resolution).toBe(10);
        expect(eventLoop.p99).toBeGreaterThanOrEqual(eventLoop.median);
        // The histogram keeps three digits.
        expect(1.001 * eventLoop.maximum).toBeGreaterThanOrEqual(eventLoop.p99);
      }
      if (foreignShare !== undefined) expect(foreignShare).toBeGreaterThanOrEqual(0);
    }
  });

  it('prints a table', { timeout: 240_000 }, async () => {
    const { status, out } = await run(['--architectures', 'resnet8', ...TINY]);
    expect(status).toBe(0);
    expect(out).toMatch(/^resnet8, 25 steps$/m);
    expect(out).toMatch(/memory growth .*-?\d+\.\d\d ± \d+\.\d\d MiB per 1,000 steps/);
    expect(out).toMatch(/without prefetch .*\d % of the time of 25 steps/);
    expect(out).not.toContain('PARTIAL');
  });

  it('reports on Ctrl-C what was measured until then', { timeout: 240_000 }, async () => {
    const interrupted = await run(['--json', '--architectures', 'resnet8,vgg11', ...TINY], (message) => {
      if (message === 'resnet8: 25 steps\n') process.emit('SIGINT');
    });
    expect(interrupted.status).toBe(130);
    expect(interrupted.error).toContain('the report is partial');
    const { partial, networks } = JSON.parse(interrupted.out) as SoakReport;
    expect(partial).toBe(true);
    expect(networks.map(({ architecture, steps }) => [architecture, steps])).toEqual([['resnet8', 1]]);
    expect(networks[0].memory.growth).toEqual({});
    expect(networks[0].unprefetchedInput).toBeUndefined();
  });

  it('has nothing to report of a warm-up', { timeout: 240_000 }, async () => {
    const { status, out } = await run(['--architectures', 'resnet8', ...TINY], (message) => {
      if (message.endsWith('warm-up\n')) process.emit('SIGINT');
    });
    expect(status).toBe(130);
    expect(out).toContain('PARTIAL');
    expect(out).not.toMatch(/^resnet8/m);
    expect(process.listeners('SIGINT')).toEqual([]);
  });

  it.each([
    [['--architectures', 'vgg12'], /Unknown architecture "vgg12"/],
    [['--steps', '0'], /--steps: .* See `npm run bench -- soak --help`/],
    [['--sample', 'often'], /--sample: /],
    [['--rounds', '3'], /unknown option '--rounds'/],
  ])('refuses %j', async (args, message) => {
    const result = await run(args);
    expect(result.error).toMatch(message);
    expect(result).toMatchObject({ status: 2, out: '' });
  });

  it('has a README that names every option', () => {
    const [, section] = /^## Over many steps$(.*?)^## /ms.exec(readme)!;
    for (const setting of Object.keys(soakSettingsSchema.shape))
      expect(section).toContain(`| \`${optionName(setting)}\``);
  });
});
