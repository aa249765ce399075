import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '@reluctant/report';
import { runCli, temporaryFolder } from './testing/run-cli.js';

const PLUGIN = join(import.meta.dirname, 'testing/plugins/planted.js');

/** The planted network, frozen: what is measured at the end is what was planted. */
const document = (more: object = {}) =>
  JSON.stringify({
    name: 'planted <b>units</b>',
    plugins: [PLUGIN],
    dataset: 'levels',
    architecture: 'planted',
    engine: 'onnx',
    training: { epochs: 2, batchSize: 64, learningRate: 0 },
    probes: ['activation-probability', 'dead-units', 'dormant', 'activation-stats', 'unit-lifecycle'],
    ...more,
  });

async function runPlanted(more: object = {}) {
  const folder = await temporaryFolder();
  const file = join(folder, 'planted.json');
  await writeFile(file, document(more));
  return { folder, ...(await runCli(folder, '--json', '--quiet', 'run', file)) };
}

describe('hand-planted units, through the whole program', () => {
  it('are reported with exactly the numbers that follow from their weights', async () => {
    const { code, stdout } = await runPlanted();
    expect(code).toBe(0);
    const { summary, report } = JSON.parse(stdout) as { summary: RunReport; report: string };

    // Pr[y>0] of the four units: never, on 99 + 1 of 200 images, always, on 1 of 200.
    const probabilities = [0, 0.5, 1, 0.005];
    const mean = probabilities.reduce((sum, pr) => sum + pr, 0) / 4;
    const bound = 1 - 0.05 ** (1 / 200);
    expect(summary.activation).toMatchObject({ on: 'probe-split', images: 200, units: 4, step: 8 });
    expect(summary.activation!.mean).toBeCloseTo(mean, 15);
    expect(summary.dead).toMatchObject({ neverFired: 1, nearlyDead: 2, epsilon: 0.01, confidence: 0.95, images: 200 });
    expect(summary.dead!.neverFiredUpper).toBeCloseTo(bound, 14);
    expect(summary.lifeCycle).toEqual({ bornDead: 1, died: 0, revived: 0 });
    const [layer] = summary.layers;
    expect(layer).toMatchObject({ site: 'relu', units: 4, positions: 4, skip: false, min: 0, max: 1, belowHalf: 0.5 });
    expect(layer.mean).toBeCloseTo(mean, 15);
    // Of an image's 16 elements 4 are above zero (100 images), 8 (99) or 12 (one).
    const spread = Math.sqrt((100 * (0.25 - mean) ** 2 + 99 * (0.5 - mean) ** 2 + (0.75 - mean) ** 2) / 200);
    expect(layer.meanLower).toBeCloseTo(mean - (1.96 * spread) / Math.sqrt(200), 2);
    expect(layer.meanUpper).toBeCloseTo(mean + (1.96 * spread) / Math.sqrt(200), 2);
    expect(layer.elements).toBe(800);
    expect(layer.median).toBeCloseTo((0.005 + 0.5) / 2, 15);

    // E|y|: 0; (99·1 + 3)/200; 1; 1/200. A unit is dormant where its share of the layer's mean is at most 0.025.
    const meanAbs = [0, 102 / 200, 1, 1 / 200];
    const layerMean = meanAbs.reduce((sum, value) => sum + value, 0) / 4;
    expect(layer.dormant).toBe(meanAbs.filter((value) => value / layerMean <= 0.025).length);
    // Zeros among the layer's elements, which is no measure of dead units.
    expect(layer.elementSparsity).toBeCloseTo(1 - mean, 15);

    const html = (await readFile(report, 'utf8')).replace(/\s+/g, ' ');
    expect(html).toContain('200 images');
    expect(html).toContain('0.376');
    expect(html).toContain('fires on at most 0.0149 of images (one-sided 95 % bound)');
    expect(html).not.toContain('<b>units</b>');
    expect(html.replace(/<script>.*<\/script>/, '')).not.toMatch(/NaN|undefined/);
  });

  it('let a probe that throws end the run with its message, and keep the record', async () => {
    const { folder, code, stdout, stderr } = await runPlanted({ probes: ['faulty', 'dead-units'] });
    expect(code).toBe(11);
    expect(stderr).toContain('Probe "faulty" failed: out of ideas');
    expect(JSON.parse(stdout).error.code).toBe('PROBE_FAILED');
    const runs = JSON.parse((await runCli(folder, '--json', 'list', 'runs')).stdout) as {
      status: string;
      path: string;
    }[];
    expect(runs).toMatchObject([{ status: 'failed' }]);
    expect(await readFile(join(runs[0].path, 'events.jsonl'), 'utf8')).toContain('"probe.failed"');
  });

  it('go on without a probe that throws where it is to be dropped', async () => {
    const { code, stdout } = await runPlanted({
      probes: ['faulty', 'dead-units'],
      measurement: { onProbeFailure: 'drop' },
    });
    expect(code).toBe(0);
    const { summary } = JSON.parse(stdout) as { summary: RunReport };
    expect(summary.probeFailures).toEqual([{ probe: 'faulty', message: 'Probe "faulty" failed: out of ideas' }]);
    expect(summary.dead).toMatchObject({ neverFired: 1 });
  });

  it('keep the record of a run whose loss is no number', async () => {
    const { folder, code, stderr } = await runPlanted({ training: { epochs: 3, batchSize: 64, learningRate: 1e30 } });
    expect(code).toBe(8);
    expect(stderr).toContain('RUN_DIVERGED');
    expect(stderr).toContain('training.learningRate');
    const [run] = JSON.parse((await runCli(folder, '--json', 'list', 'runs')).stdout) as {
      status: string;
      id: string;
    }[];
    expect(run.status).toBe('diverged');
    const reported = await runCli(folder, '--json', 'report', run.id);
    expect(reported.code).toBe(0);
    expect(JSON.parse(reported.stdout).runs[0].statusSentence).toMatch(/diverged/i);
  });

  it('leave no temporary files behind', async () => {
    const { folder, stdout } = await runPlanted();
    const { path } = JSON.parse(stdout) as { path: string };
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((file) => /tmp/.test(file))).toEqual([]);
    expect(await readdir(path)).toEqual(expect.arrayContaining(['manifest.json', 'events.jsonl', 'report.html']));
  });
});
