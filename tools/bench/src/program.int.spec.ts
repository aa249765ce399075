import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { optionName } from './program.js';
import { runBench } from './testing/run-bench.js';
import type { StepReport } from './step/step-report.js';
import { stepSettingsSchema } from './step/step-settings.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const TINY = [
  '--batch',
  '2',
  '--rounds',
  '3',
  '--warmup',
  '1',
  '--width',
  '0.03125',
  '--threads',
  '1',
  '--attempts',
  '1',
];

const run = (...args: string[]) => runBench(args);

describe('bench step', () => {
  it(
    'measures every architecture, engine and way of watching, and tells all in JSON',
    { timeout: 240_000 },
    async () => {
      const architectures = [
        ...['--architectures', 'vgg11,resnet8', '--engines', 'onnx,cpu'],
        ...['--watching', 'dormant,all-probes'],
      ];
      const { status, out, error } = await run('step', '--json', ...architectures, ...TINY);
      expect(error).toContain('resnet8: round 4 of 4');
      expect(status).toBe(0);
      const report = JSON.parse(out) as StepReport;
      expect(report).toMatchObject({ benchmark: 'step', settings: { batch: 2, rounds: 3, engines: ['onnx', 'cpu'] } });
      expect(report.machine.cores).toBeGreaterThanOrEqual(1);
      expect(report.peakMemoryMiB).toBeGreaterThan(10);
      expect(report.networks.map(({ architecture, sites }) => [architecture, sites])).toEqual([
        ['vgg11', 8],
        ['resnet8', 7],
      ]);
      for (const { subjects } of report.networks) {
        expect(subjects.map(({ engine, watching }) => `${engine} ${watching}`)).toEqual(
          ['onnx', 'cpu'].flatMap((engine) =>
            ['nothing', 'dormant', 'all-probes'].map((watching) => `${engine} ${watching}`),
          ),
        );
        for (const { samples, wall, cpu, ratio, watching } of subjects) {
          expect(samples).toHaveLength(3);
          expect([...samples].sort((a, b) => a - b).slice(0, 2)).toEqual([wall.minimum, wall.median]);
          expect(cpu.median).toBeGreaterThan(0);
          if (watching === 'nothing') expect(ratio).toMatchObject({ median: 1 });
        }
      }
    },
  );

  it('prints a table for the command that the README shows', { timeout: 240_000 }, async () => {
    const [, command] = /npm run bench -- (.*)\n/.exec(readme)!;
    const { status, out } = await run(...command.split(' '), ...TINY);
    expect(status).toBe(0);
    expect(out).toMatch(/^vgg11 \(\d[\d,]* parameters, \d+ units at 8 ReLUs\)$/m);
    expect(out).toMatch(/^resnet20 \(.* at 19 ReLUs\)$/m);
    for (const watching of ['nothing', 'usual', 'everything', 'all-probes'])
      expect(out).toMatch(new RegExp(`onnx.*${watching}.*\\d`));
    expect(out).toMatch(/Other programs used|does not tell/);
    expect(out).toContain('Training steps of 2 images; 3 rounds of 3 after 1 of warm-up');
  });

  it('has a README that names every option', () => {
    for (const name of Object.keys(stepSettingsSchema.shape)) expect(readme).toContain(`| \`${optionName(name)}\``);
  });

  it.each([
    [['step', '--architectures', 'vgg12'], 2, /Unknown architecture "vgg12"/],
    [['step', '--engines', 'onix'], 4, /Unknown engine "onix"\. Did you mean "onnx"\?/],
    [['step', '--watching', 'dead-unit'], 4, /Unknown probe "dead-unit"\. Did you mean "dead-units"\?/],
    [['step', '--batch', '0'], 2, /--batch: .* See `npm run bench -- step --help`/],
    [['step', '--rounds', 'many'], 2, /--rounds: /],
    [['stop'], 2, /unknown command 'stop'/],
    [['step', '--loud'], 2, /unknown option '--loud'/],
  ])('refuses %j', async (args, status, message) => {
    const result = await run(...args);
    expect(result.error).toMatch(message);
    expect(result).toMatchObject({ status, out: '' });
  });

  it('explains its options', async () => {
    const { status, out } = await run('step', '--help');
    expect(status).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('--rounds <value> timed blocks of steps of each subject (default: 20)');
  });
});
