import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const PLUGIN = join(import.meta.dirname, 'testing/plugins/normal.js');

interface Deviation {
  readonly outside: number;
  readonly largest: { readonly standardErrors: number; readonly difference: number };
}
interface Fit {
  readonly recorded: { readonly p: number[] };
  readonly theory: Readonly<
    Record<'normalPreactivation' | 'shiftMotion', { readonly p: number[]; readonly deviation: Deviation }>
  >;
  readonly mean: { readonly recorded: number[]; readonly shiftMotion: number[]; readonly deviation: Deviation };
  readonly report: string;
}

/** What is said of both units of the planted network. */
async function fits(optimizer: string, learningRate = 0.05): Promise<Fit[]> {
  const folder = await temporaryFolder();
  const file = join(folder, 'network.json');
  const network = {
    plugins: [PLUGIN],
    dataset: 'normal-numbers',
    architecture: 'shifted',
    probes: ['activation-probability', 'pre-activation', 'gradient'],
    training: { epochs: 4, batchSize: 50, learningRate, optimizer },
    measurement: { everySteps: 40 },
  };
  await writeFile(file, JSON.stringify(network));
  const { path } = JSON.parse((await runCli(folder, '--json', '--quiet', 'run', file)).stdout) as { path: string };
  const results: Fit[] = [];
  for (const unit of ['0', '1']) {
    const args = ['--json', '--quiet', 'single-unit', 'fit', path, '--site', 'relu', '--unit', unit];
    const { code, stdout, stderr } = await runCli(folder, ...args);
    expect([code, stderr]).toEqual([0, '']);
    const fit = JSON.parse(stdout) as Fit;
    results.push({ ...fit, report: (await readFile(fit.report, 'utf8')).replace(/\s+/g, ' ') });
  }
  return results;
}

describe('single-unit fit of recorded pre-activations and gradients', () => {
  it('finds a normal pre-activation normal, and a skewed one not', async () => {
    const [normal, skewed] = await fits('sgd');
    expect(Math.abs(normal.theory.normalPreactivation.deviation.largest.standardErrors)).toBeLessThan(4.5);
    expect(normal.report.includes('which chance explains')).toBe(true);
    const { largest, outside } = skewed.theory.normalPreactivation.deviation;
    expect(largest.standardErrors).toBeGreaterThan(4.5);
    expect(outside).toBeGreaterThan(0);
    expect(skewed.report.includes('It is not: Φ(mean/deviation) is farthest')).toBe(true);
  });

  it('predicts the mean of a unit that only its β moves, up to rounding, from its gradients', async () => {
    for (const { mean, theory, report } of await fits('sgd')) {
      const known = mean.shiftMotion.flatMap((value, at) => (Number.isFinite(value) ? [at] : []));
      // Measured twice an epoch; gradients are summed up to its end.
      expect(known).toEqual([2, 4, 6, 8]);
      expect(Math.abs(mean.recorded[8] - mean.recorded[2])).toBeGreaterThan(0.01);
      for (const at of known) {
        expect(mean.shiftMotion[at]).toBeCloseTo(mean.recorded[at], 5);
        expect(theory.shiftMotion.p[at]).toBeCloseTo(theory.normalPreactivation.p[at], 5);
      }
      expect(report.includes('moved by its β alone')).toBe(true);
    }
  });

  it('predicts it with momentum but for the velocity that noise leaves at the ends', async () => {
    for (const { mean } of await fits('momentum', 0.005)) {
      // Without momentum the gradients explain a tenth of it.
      const moved = Math.abs(mean.recorded[8] - mean.recorded[2]);
      expect(Math.abs(mean.shiftMotion[8] - mean.recorded[8])).toBeLessThan(0.1 * moved);
    }
  });
});
