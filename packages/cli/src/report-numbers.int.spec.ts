import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '@reluctant/report';
import { runCli } from './testing/run-cli.js';

// Everything expected here is computed from the files of a run by this file alone: the counters in `taps/`, and the log.

interface Counted {
  readonly site: string;
  readonly step: number;
  readonly images: number;
  readonly elements: number;
  /** Per unit. */
  readonly fired: number[];
  readonly imagesFired: number[];
}

interface LoggedEvent {
  readonly type: string;
  readonly step: number;
  readonly site: string;
  readonly unit: number;
  readonly loss: number;
  readonly correct: number;
  readonly size: number;
  readonly accuracy: number;
  readonly split: string;
}

const EPOCHS = 3;
const IMAGES = 120;
const TEST_IMAGES = 40;

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]) => total(values) / values.length;
const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 0 ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
};
const probabilities = ({ fired, elements }: Counted) => fired.map((count) => count / elements);

/** The probe split's counters of every site, by step. */
async function counters(run: string): Promise<Map<number, Counted[]>> {
  const samples = new Map<string, Counted>();
  for (const part of (await readdir(join(run, 'taps'))).sort()) {
    const { buffer } = new Uint8Array(await readFile(join(run, 'taps', part)));
    for (const row of await parquetReadObjects({ file: buffer })) {
      if (row.on !== 'probe-split' || row.at !== 'activation') continue;
      const [site, step, images, elements] = [row.site, Number(row.step), Number(row.images), Number(row.elements)];
      const key = `${step} ${site}`;
      const counted = samples.get(key) ?? { site, step, images, elements, fired: [], imagesFired: [] };
      if (row.statistic === 'fired') counted.fired[Number(row.unit)] = row.value;
      if (row.statistic === 'imagesFired') counted.imagesFired[Number(row.unit)] = row.value;
      samples.set(key, counted);
    }
  }
  const bySteps = new Map<number, Counted[]>();
  for (const counted of samples.values()) {
    bySteps.set(counted.step, [...(bySteps.get(counted.step) ?? []), counted]);
  }
  return bySteps;
}

/** The cells of a table of the page, row by row, without the headings. */
function cellsOf(html: string, table: string): string[][] {
  const start = html.indexOf(`aria-label="${table}"`);
  expect(start).toBeGreaterThan(0);
  const body = html.slice(html.indexOf('<tbody>', start), html.indexOf('</tbody>', start));
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row.matchAll(/<td[^>]*><bdi>(.*?)<\/bdi><\/td>/gs)].map(([, cell]) => cell),
  );
}

/** That a text shows a number, rounded. */
function expectShown(text: string, value: number): void {
  expect(text).toMatch(/^[\d.,]+(e-\d+)?$/);
  const shown = Number(text.replaceAll(',', ''));
  expect(Math.abs(shown - value)).toBeLessThanOrEqual(value === 0 ? 0 : Math.max(5e-4, 5e-3 * value));
}

describe('the numbers of a run, computed once more from its files', () => {
  let folder: string;
  let summary: RunReport;
  let html: string;
  let events: LoggedEvent[];
  let measured: Map<number, Counted[]>;
  let last: Counted[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reluctant-cli-'));
    const settings = {
      dataset: { kind: 'textures', trainSize: IMAGES, testSize: TEST_IMAGES },
      architecture: { kind: 'resnet', depth: 8, width: 4, batchNorm: false },
      training: { epochs: EPOCHS, batchSize: 32, learningRate: 0.2 },
    };
    const example = join(import.meta.dirname, '../../../examples/textures-vgg.yaml');
    const set = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]);
    const { code, stdout, stderr } = await runCli(folder, '--json', '--quiet', 'run', example, ...set);
    expect([code, stderr]).toEqual([0, '']);
    const run = JSON.parse(stdout) as { path: string; report: string; summary: RunReport };
    summary = run.summary;
    html = await readFile(run.report, 'utf8');
    const lines = (await readFile(join(run.path, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    events = lines.map((line) => JSON.parse(line) as LoggedEvent);
    measured = await counters(run.path);
    last = measured.get(summary.final.step)!;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('covers units that fire and units that do not', () => {
    expect(measured.size).toBe(1 + EPOCHS);
    expect(last.map(({ site }) => site)).toEqual(summary.layers.map(({ site }) => site));
    const fired = last.flatMap((layer) => layer.fired);
    expect(fired).toContain(0);
    expect(Math.max(...fired)).toBeGreaterThan(0);
  });

  it('are Pr[y>0] of every layer in the summary and on the page', () => {
    const all = last.flatMap(probabilities);
    expect(summary.activation!.mean).toBeCloseTo(mean(all), 12);
    const rows = cellsOf(html, 'Pr[y&#62;0] by depth');
    last.forEach((layer, index) => {
      const pr = probabilities(layer);
      const reported = summary.layers[index];
      expect(reported.mean).toBeCloseTo(mean(pr), 12);
      expect(reported.median).toBeCloseTo(median(pr), 12);
      expect([reported.min, reported.max]).toEqual([Math.min(...pr), Math.max(...pr)]);
      expect(reported.belowHalf).toBeCloseTo(mean(pr.map((value) => Number(value < 0.5))), 12);
      const [, site, , units, shownMean, , , shownMedian, , least, greatest] = rows[index];
      expect([site, units]).toEqual([layer.site, String(pr.length)]);
      [shownMean, shownMedian, least, greatest].forEach((text, i) =>
        expectShown(text, [mean(pr), median(pr), Math.min(...pr), Math.max(...pr)][i]),
      );
    });
  });

  it('are the dead units, how sure that is, and since when', () => {
    const bound = 1 - 0.05 ** (1 / TEST_IMAGES);
    expect(summary.dead!.neverFiredUpper).toBeCloseTo(bound, 12);
    const dead = last.flatMap((layer) =>
      layer.fired.flatMap((count, unit) => (count === 0 ? [{ site: layer.site, unit }] : [])),
    );
    const nearlyDead = last.flatMap(probabilities).filter((value) => value < 0.01);
    expect([summary.dead!.neverFired, summary.dead!.nearlyDead]).toEqual([dead.length, nearlyDead.length]);

    const steps = [...measured.keys()].sort((a, b) => b - a);
    const silentAt = (step: number, site: string, unit: number) =>
      measured.get(step)!.find((layer) => layer.site === site)!.fired[unit] === 0;
    const rows = cellsOf(html, 'Dead units');
    expect(rows).toHaveLength(nearlyDead.length);
    dead.forEach(({ site, unit }, index) => {
      const broken = steps.findIndex((step) => !silentAt(step, site, unit));
      const since = broken < 0 ? 0 : steps[broken - 1];
      const [shownSite, shownUnit, state, fired, images, upper, step] = rows[index];
      expect([shownSite, shownUnit, state, fired, images, step]).toEqual(
        [site, unit, 'never fired', 0, `0 / ${TEST_IMAGES}`, since].map(String),
      );
      expectShown(upper, bound);
    });
  });

  it('are the births, deaths and revivals', () => {
    const steps = [...measured.keys()].sort((a, b) => a - b);
    const expected = steps.flatMap((step, look) =>
      measured.get(step)!.flatMap(({ site, fired }) => {
        const before = measured.get(steps[look - 1])?.find((layer) => layer.site === site)?.fired;
        return fired.flatMap((count, unit) => {
          if ((count === 0) === (before ? before[unit] === 0 : false)) return [];
          const type = count > 0 ? 'unit.revived' : before ? 'unit.died' : 'unit.born-dead';
          return [`${type} ${site} ${unit} ${step}`];
        });
      }),
    );
    const logged = events.filter(({ type }) => type.startsWith('unit.'));
    expect(logged.map(({ type, site, unit, step }) => `${type} ${site} ${unit} ${step}`).sort()).toEqual(
      expected.sort(),
    );
    const number = (type: string) => expected.filter((transition) => transition.startsWith(`${type} `)).length;
    expect(summary.lifeCycle).toEqual({
      bornDead: number('unit.born-dead'),
      died: number('unit.died'),
      revived: number('unit.revived'),
    });
    expect(number('unit.died') + number('unit.born-dead')).toBeGreaterThan(0);
  });

  it('are losses and accuracies, every image counted once', () => {
    const steps = events.filter(({ type }) => type === 'step.completed');
    const perEpoch = steps.length / EPOCHS;
    const ofEpoch = Array.from({ length: EPOCHS }, (_, epoch) => {
      const part = steps.slice(epoch * perEpoch, (epoch + 1) * perEpoch);
      expect(total(part.map(({ size }) => size))).toBe(IMAGES);
      return {
        loss: total(part.map(({ loss, size }) => loss * size)) / IMAGES,
        accuracy: total(part.map(({ correct }) => correct)) / IMAGES,
      };
    });
    const test = events.findLast(({ type, split }) => type === 'evaluation.completed' && split === 'test')!;
    expect(summary.final).toMatchObject({ step: steps.length, testStep: steps.length, testImages: TEST_IMAGES });
    expect(summary.final.trainLoss).toBeCloseTo(ofEpoch[EPOCHS - 1].loss, 12);
    expect(summary.final.trainAccuracy).toBeCloseTo(ofEpoch[EPOCHS - 1].accuracy, 12);
    expect([summary.final.testLoss, summary.final.testAccuracy]).toEqual([test.loss, test.accuracy]);

    const rows = cellsOf(html, 'Loss').slice(0, 1 + EPOCHS);
    rows.slice(1).forEach(([epoch, training], index) => {
      expect(epoch).toBe(String(index + 1));
      expectShown(training, ofEpoch[index].loss);
    });
    expectShown(rows[EPOCHS][2], test.loss);
  });
});
