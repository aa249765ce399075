import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AgreementReport } from '../agreement/agreement-report.js';
import { optionName } from '../program.js';
import { runBench } from '../testing/run-bench.js';
import type { EngineReport } from './engine-report.js';
import { engineSettingsSchema } from './engine-settings.js';

const PYTHON = '/usr/bin/python3';
const hasPytorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;
const ABSENT = ['--python', '/nowhere/python3'];
const TINY = (
  '--architectures vgg11,vgg16-bn,resnet8 --batches 4 --rounds 3 --warmup 1 --pause 0 --width 0.0625 --threads 1 ' +
  '--attempts 1'
).split(' ');

const run = (...args: string[]) => runBench(['engine', ...args]);

describe.skipIf(!hasPytorch)(`with PyTorch (apt-get install python3-torch where this is skipped)`, () => {
  it('times both sides and tells all in JSON', { timeout: 240_000 }, async () => {
    const few = ['--architectures', 'vgg11,resnet8', '--watching', 'nothing,everything'];
    const { status, out, error } = await run('--json', ...TINY, ...few);
    expect(error).toContain('resnet8, 4 images: round 4 of 4');
    expect(status).toBe(0);
    const { duels, pytorch, ours } = JSON.parse(out) as EngineReport;
    expect(pytorch).toMatchObject({ torch: expect.stringMatching(/^\d+\.\d+/) as string });
    expect(ours.version).toMatch(/^\d+\.\d+/);
    expect(duels.map(({ architecture, batch }) => [architecture, batch])).toEqual([
      ['vgg11', 4],
      ['resnet8', 4],
    ]);
    const sides = ['ours undefined', 'pytorch default', 'pytorch channels-last'];
    for (const { contenders } of duels) {
      expect(contenders.map(({ side, layout, watching }) => `${side} ${layout} ${watching}`)).toEqual(
        ['nothing', 'everything'].flatMap((watching) => sides.map((side) => `${side} ${watching}`)),
      );
      for (const { side, watching, wall, samples, peakMemoryMiB, ours: ratio } of contenders) {
        expect(samples).toHaveLength(3);
        expect(wall.minimum).toBe(Math.min(...samples));
        expect(wall.minimum).toBeGreaterThan(0);
        if (side === 'ours') {
          expect([ratio, peakMemoryMiB]).toEqual([undefined, undefined]);
          continue;
        }
        expect(peakMemoryMiB).toBeGreaterThan(10);
        const mine = contenders.find((other) => other.side === 'ours' && other.watching === watching)!;
        expect(ratio!.ofMedians).toBeCloseTo(mine.wall.median / wall.median, 12);
        expect(ratio!.ofMinima).toBeCloseTo(mine.wall.minimum / wall.minimum, 12);
        const rounds = samples.map((sample, round) => mine.samples[round] / sample).sort((a, b) => a - b);
        expect(ratio!.rounds.median).toBeCloseTo(rounds[1], 12);
      }
    }
  });

  it(
    'agrees with PyTorch on losses, counters, weights, velocities and moving statistics',
    { timeout: 240_000 },
    async () => {
      const { status, out } = await run('--json', '--agreement', '3', ...TINY);
      expect(status).toBe(0);
      const { networks, images } = JSON.parse(out) as AgreementReport;
      expect(['textures', 'cifar10']).toContain(images);
      expect(networks).toHaveLength(3);
      for (const { architecture, steps, states } of networks) {
        expect(steps.map(({ step }) => step)).toEqual([1, 2, 3]);
        expect(steps[0].loss).toBeLessThan(1e-5);
        expect(steps[0].fired).toBeGreaterThan(0);
        expect(steps[0].firedFlips / steps[0].fired).toBeLessThan(1e-4);
        expect(steps[0].largest).toBeLessThan(1e-4);
        expect(steps.map(({ yardstick }) => yardstick.fired)).toEqual(steps.map(({ fired }) => fired));
        expect(steps[0].yardstick.loss).toBeLessThan(1e-5);
        expect(steps[0].yardstick.firedFlips / steps[0].yardstick.fired).toBeLessThan(1e-4);
        expect(states.map(({ step }) => step)).toEqual([1, 3]);
        for (const { arrays, yardstick, kinds, ratio } of states) {
          expect(Object.keys(yardstick)).toEqual(Object.keys(arrays));
          expect(kinds.map(({ kind }) => kind)).toEqual(
            architecture === 'vgg11'
              ? ['kernels', 'biases', 'velocities']
              : expect.arrayContaining(['kernels', 'gammas', 'betas', 'moving statistics', 'velocities']),
          );
          const counted = kinds.reduce((sum, kind) => sum + kind.arrays, 0);
          expect(counted).toBe(Object.keys(arrays).length);
          const relatives = (differences: typeof arrays) => Object.values(differences).map(({ relative }) => relative);
          const largest = (side: 'ours' | 'yardstick') => Math.max(...kinds.map((kind) => kind[side].largest));
          expect(largest('ours')).toBe(Math.max(...relatives(arrays)));
          expect(largest('yardstick')).toBe(Math.max(...relatives(yardstick)));
          expect(ratio!.lowerDecile).toBeLessThanOrEqual(ratio!.median);
          expect(ratio!.upperDecile).toBeGreaterThanOrEqual(ratio!.median);
        }
        // Of order 1, unless a sign flipped on one side only. Where something is wrong, it has five digits.
        expect(states[0].ratio!.median).toBeGreaterThan(1e-3);
        expect(states[0].ratio!.median).toBeLessThan(1e3);
        for (const [name, { relative, absolute }] of Object.entries(states[0].arrays)) {
          // Batch normalisation takes biases before it away: their gradients are rounding errors and nothing else.
          if (architecture === 'vgg16-bn' && /conv\d+\/bias$/.test(name)) continue;
          // Other tiny gradients may cancel to as little.
          if (absolute > 1e-6) expect(relative, name).toBeLessThan(1e-3);
        }
        expect(Object.keys(states[0].arrays).some((name) => name.startsWith('optimizer/velocity/'))).toBe(true);
      }
    },
  );

  it('prints tables', { timeout: 240_000 }, async () => {
    const one = [...TINY, '--architectures', 'resnet8', '--watching', 'everything', '--layouts', 'default'];
    const timed = await run(...one);
    expect(timed.out).toMatch(/PyTorch, default.*everything.*\d\.\d{3} – \d/);
    expect(timed.out).toContain('Peak memory of this process');
    const compared = await run(...one, '--agreement', '2');
    expect(compared.out).toMatch(/after 1 step .*after 2 steps/);
    expect(compared.out).toMatch(/\d+ kernels .*\de-\d+ \/ \d\.\de-\d/);
    expect(compared.out).toMatch(/Ours \/ PyTorch's own: after 1 step \d.* \(.* – .*\); after 2 steps \d/);
    expect(compared.out).not.toContain('stage1_block1_conv1/kernel');
  });

  it('says what PyTorch said', { timeout: 120_000 }, async () => {
    const { status, error } = await run(
      ...TINY,
      '--architectures',
      'resnet8',
      '--python',
      '/bin/echo',
      '--require-pytorch',
    );
    expect(status).toBe(7);
    expect(error).toContain("PyTorch can't be started by /bin/echo");
  });
});

describe('without PyTorch', () => {
  it('measures ours alone and says so', { timeout: 240_000 }, async () => {
    const { status, out } = await run(...TINY, ...ABSENT, '--architectures', 'resnet8', '--watching', 'nothing');
    expect(status).toBe(0);
    expect(out).toMatch(/PyTorch: NOT COMPARED.*apt-get install python3-torch/);
    expect(out).toMatch(/ours +.*nothing +.*\d/);
    expect(out).not.toContain('PyTorch, default');
  });

  it('fails where PyTorch is required', async () => {
    const { status, out, error } = await run(...TINY, ...ABSENT, '--require-pytorch');
    expect([status, out]).toEqual([7, '']);
    expect(error).toContain('apt-get install python3-torch');
  });
});

it.each([
  [['--batches', '64,none'], /--batches: /],
  [['--watching', 'closely'], /--watching: /],
  [['--steps-per-round', '0'], /--steps-per-round: .* See `npm run bench -- engine --help`/],
])('refuses %j', async (args, message) => {
  const result = await run(...args);
  expect(result.error).toMatch(message);
  expect(result).toMatchObject({ status: 2, out: '' });
});

it('has a README that names every option', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const setting of Object.keys(engineSettingsSchema.shape)) {
    expect(readme).toContain(`| \`${optionName(setting)}\``);
  }
});
