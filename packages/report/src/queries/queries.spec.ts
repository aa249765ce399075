import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { memoryRunReader } from '../samples/memory-run-reader.js';
import { plantReadings } from '../samples/plant-readings.js';
import { PLANTED_SITES, plantedEvents, plantedRun } from '../samples/planted-run.js';
import { sampleManifest } from '../samples/sample-manifest.js';
import { activationByDepth } from './activation-by-depth.js';
import { activationHistograms } from './activation-histograms.js';
import { activationOverEpochs } from './activation-over-epochs.js';
import { chunks } from './chunks.js';
import { deadUnits } from './dead-units.js';
import { finalState } from './final-state.js';
import { layerDiagnostics } from './layer-diagnostics.js';
import { lifeCycle } from './life-cycle.js';
import { methods } from './methods.js';
import { readRun } from './run-record.js';
import { simulationCurves } from './simulation-curves.js';
import { sitesOf } from './sites.js';
import { trainingCurves } from './training-curves.js';
import { unitHeatMaps } from './unit-heat-maps.js';

const planted = await readRun(plantedRun());

describe('activation probability', () => {
  it('takes the last measurement, layer by layer, with the probe’s own statistics', () => {
    const activation = activationByDepth(planted, 'probe-split')!;
    expect(activation).toMatchObject({ step: 20, epoch: 2, images: 100, units: 6 });
    expect(activation.mean).toBeCloseTo((0 + 0.005 + 0.5 + 1 + 0 + 0.75) / 6, 12);
    expect(activation.layers.map((layer) => layer.pr)).toEqual([
      [0, 0.005, 0.5, 1],
      [0, 0.75],
    ]);
    expect(activation.layers[0]).toMatchObject({ median: 0.2525, min: 0, max: 1, belowHalf: 0.5 });
    expect(activation.layers[1]).toMatchObject({ mean: 0.375, lowerQuartile: 0.1875, upperQuartile: 0.5625 });
  });

  it('keeps the series of the training batches apart', async () => {
    const further = plantReadings({
      site: PLANTED_SITES[0]!,
      pr: [0.1, 0.2, 0.3, 0.4],
      step: 25,
      epoch: 2.5,
      images: 64,
      on: 'training-step',
    });
    const record = await readRun(plantedRun({}, further));
    expect(activationByDepth(record, 'probe-split')!.step).toBe(20);
    expect(activationByDepth(record, 'training-step')).toMatchObject({ step: 25, images: 64, units: 4, mean: 0.25 });
    expect(deadUnits(record)!.on).toBe('probe-split');
  });

  it('passes over a measurement that was cut off between two sites', async () => {
    const half = plantReadings({ site: PLANTED_SITES[0]!, pr: [1, 1, 1, 1], step: 30, epoch: 3, images: 100 });
    const record = await readRun(plantedRun({}, half));
    expect(activationByDepth(record, 'probe-split')!.step).toBe(20);
    expect(deadUnits(record)!.step).toBe(20);
  });

  it('follows the layer means through training', () => {
    const through = activationOverEpochs(planted, 'probe-split')!;
    expect(through.epochs).toEqual([0, 1, 2]);
    expect(through.layers.map((layer) => layer.means)).toEqual([
      [0.625, 0.5, 0.37625],
      [0, 0.125, 0.375],
    ]);
  });

  it('counts units by bin, and those at zero apart', () => {
    const [first, second] = activationHistograms(activationByDepth(planted, 'probe-split')!, 4);
    expect(first).toMatchObject({ counts: [2, 0, 1, 1], neverFired: 1, units: 4 });
    expect(second).toMatchObject({ counts: [1, 0, 0, 1], neverFired: 1 });
  });

  it('knows the sites from the readings where the manifest has none', async () => {
    const bare = memoryRunReader(sampleManifest([], { network: undefined }), plantedEvents());
    expect(sitesOf(await readRun(bare)).map(({ name, units }) => [name, units])).toEqual([
      ['first/relu', 4],
      ['second/relu', 2],
    ]);
  });
});

describe('heat maps', () => {
  it('sort the units by their final probability', () => {
    const [first, second] = unitHeatMaps(planted, 'probe-split');
    expect(first!.values).toEqual([
      [1, 1, 1],
      [0.5, 0.5, 0.5],
      [0.5, 0.5, 0.005],
      [0.5, 0, 0],
    ]);
    expect(second!.values).toEqual([
      [0, 0.25, 0.75],
      [0, 0, 0],
    ]);
    expect(first).toMatchObject({ unitsPerRow: 1, measurementsPerColumn: 1 });
  });

  it('average where there are more units or measurements than cells', () => {
    const [first] = unitHeatMaps(planted, 'probe-split', { rows: 2, columns: 1 });
    expect(first).toMatchObject({ unitsPerRow: 2, measurementsPerColumn: 3, columns: [{ from: 0, to: 2 }] });
    expect(first!.values[0]![0]).toBeCloseTo((3 * 1 + 3 * 0.5) / 6, 12);
    expect(first!.values[1]![0]).toBeCloseTo((0.5 + 0.5 + 0.005 + 0.5) / 6, 12);
  });

  it('share items out completely, in order, evenly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 300 }), fc.integer({ min: 1, max: 70 }), (items, count) => {
        const parts = chunks(items, count);
        const sizes = parts.map((part) => part.length);
        expect(parts.flat()).toEqual(items);
        expect(parts.length).toBe(Math.min(count, items.length));
        if (parts.length > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('dead units', () => {
  it('are counted, named and dated', () => {
    const dead = deadUnits(planted)!;
    expect(dead).toMatchObject({
      units: 6,
      neverFired: 2,
      nearlyDead: 3,
      epsilon: 0.01,
      confidence: 0.95,
      images: 100,
    });
    expect(dead.neverFiredUpper).toBeCloseTo(0.02951, 5);
    expect(dead.layers.map(({ neverFired, nearlyDead }) => [neverFired, nearlyDead])).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(dead.rows.map(({ site, unit, state, sinceStep }) => [site.name, unit, state, sinceStep])).toEqual([
      ['first/relu', 0, 'never fired', 10],
      ['first/relu', 1, 'nearly dead', 20],
      ['second/relu', 0, 'never fired', 0],
    ]);
    // 0.005 of 100 images at 64 positions is 32 elements.
    expect(dead.rows[1]).toMatchObject({ fired: 32, imagesFired: 1, upper: 0.01 });
  });

  it('have a life cycle by layer and by step', () => {
    expect(lifeCycle(planted)).toMatchObject({
      bornDead: 2,
      died: 1,
      revived: 1,
      layers: [
        { bornDead: 0, died: 1, revived: 0, deadAtEnd: 1 },
        { bornDead: 2, died: 0, revived: 1, deadAtEnd: 1 },
      ],
      timeline: [
        { step: 0, bornDead: 2, died: 0, revived: 0 },
        { step: 10, bornDead: 0, died: 1, revived: 1 },
      ],
    });
  });

  it('are told apart from dormant units and zero elements', () => {
    const diagnostics = layerDiagnostics(planted)!;
    expect(diagnostics).toMatchObject({ tau: 0.025, dormantImages: 100 });
    expect(diagnostics.layers.map((layer) => layer.dormant)).toEqual([2, 1]);
    expect(diagnostics.layers[1]!.elementSparsity).toBe(0.625);
  });

  it('are not spoken of where no probe looked', async () => {
    const record = await readRun(memoryRunReader(sampleManifest(PLANTED_SITES), []));
    expect(deadUnits(record)).toBeUndefined();
    expect(lifeCycle(record)).toBeUndefined();
    expect(layerDiagnostics(record)).toBeUndefined();
    expect(activationByDepth(record, 'probe-split')).toBeUndefined();
    expect(unitHeatMaps(record, 'probe-split')).toEqual([]);
  });
});

describe('training', () => {
  it('joins training and test numbers by epoch', () => {
    expect(trainingCurves(planted)).toMatchObject({
      rows: [
        { epoch: 1, trainLoss: 1.5, trainAccuracy: 0.5, testLoss: 1.75, testAccuracy: 0.4 },
        { epoch: 2, trainLoss: 1.125, trainAccuracy: 0.625, testLoss: 1.25, testAccuracy: 0.6125 },
      ],
      testImages: 800,
    });
    expect(finalState(planted)).toEqual({
      step: 20,
      epoch: 2,
      trainLoss: 1.125,
      trainAccuracy: 0.625,
      testLoss: 1.25,
      testAccuracy: 0.6125,
      testImages: 800,
      testStep: 20,
      trainEpoch: 2,
    });
  });

  it('thins the steps to means and leaves out what is not finite, but says from when', async () => {
    const losses = [4, 2, 1, Number.NaN, Infinity];
    const record = await readRun(
      memoryRunReader(
        sampleManifest([]),
        losses.map((loss, index) => ({
          type: 'step.completed' as const,
          step: index + 1,
          epoch: (index + 1) / 10,
          loss,
          correct: 1,
          size: 2,
          learningRate: 0.1,
          seconds: 1,
        })),
      ),
    );
    const curves = trainingCurves(record, 2)!;
    expect(curves.divergedAt).toBe(4);
    expect(curves.steps.map(({ loss }) => loss)).toEqual([7 / 3]);
    expect(finalState(record)).toMatchObject({ step: 5, epoch: 0.5, trainLoss: null });
  });
});

it('simulated curves are gathered by name; a later one of the same group replaces an earlier', async () => {
  const series = (name: string, group: string, mean: number) => ({
    type: 'simulation.sampled' as const,
    series: {
      name,
      group,
      axis: { label: 't', values: [1] },
      mean: [mean],
      lower: [0],
      upper: [2],
      band: 'b',
      trials: 3,
    },
  });
  const record = await readRun(
    memoryRunReader(sampleManifest([]), [
      series('a', 'x', 1),
      series('b', 'x', 2),
      series('a', 'y', 3),
      series('a', 'x', 4),
    ]),
  );
  expect(simulationCurves(record).map(({ name, curves }) => [name, curves.map(({ mean }) => mean[0])])).toEqual([
    ['a', [4, 3]],
    ['b', [2]],
  ]);
});

describe('methods', () => {
  const withConfig = (config: Record<string, unknown>) =>
    methods({ ...planted, manifest: { ...planted.manifest, config: { ...planted.manifest.config, ...config } } }).join(
      ' ',
    );

  it('say what the manifest says and no more', () => {
    const text = methods(planted).join(' ');
    for (const part of ['vgg', '123,456 parameters', '2 ReLU sites', '6 units', 'cifar10', '50,000 training images']) {
      expect(text).toContain(part);
    }
    expect(text).toContain('1,000 probe images');
    expect(text).toContain('seed 7');
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    const bare = { ...planted, manifest: { ...planted.manifest, config: {}, engine: undefined, dataset: undefined } };
    expect(methods(bare).join(' ')).not.toMatch(/Trained|Data:|Computed|undefined/);
  });

  it('are complete enough for a paper', () => {
    const text = withConfig({
      dataset: { kind: 'cifar10', trainSize: 1000, probe: { split: 'test' }, augment: { crop: 4, flip: true } },
      architecture: { kind: 'vgg', layout: [16, 'M', 32], batchNorm: false, head: [] },
      initializer: { kind: 'he-normal', bias: 0 },
      training: {
        epochs: 10,
        batchSize: 64,
        learningRate: 0.05,
        labelSmoothing: 0.1,
        optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0.0005 },
        schedule: { kind: 'cosine', warmupEpochs: 1 },
      },
      interventions: [{ kind: 'reset-units', every: 2 }],
      measurement: { everyEpochs: 2 },
      probes: [
        { kind: 'activation-probability', confidence: 0.95, resamples: 1000 },
        { kind: 'dead-units', epsilon: 0.01, confidence: 0.99 },
        { kind: 'dormant', tau: 0.025 },
        { kind: 'unit-lifecycle' },
        { kind: 'constructor', depth: 2 },
      ],
    });
    for (const said of [
      'The network (vgg (layout [16 M 32], batchNorm no, head none)) has',
      'Data: cifar10 (trainSize 1000, probe {split test}, augment {crop 4, flip yes}); source https://example.org/cifar-10, digest c0ffee; 10 classes, 50,000 training images, 10,000 test images, 1,000 probe images.',
      'Trained for 10 epochs, in batches of 64 images, optimizer momentum (momentum 0.9, weightDecay 0.0005), learning rate 0.05, schedule cosine (warmupEpochs 1), initializer he-normal (bias 0), label smoothing 0.1.',
      'Interventions while it trained: reset-units (every 2).',
      'All randomness derives from seed 7.',
      'Units were measured before training and every 2 epochs on the fixed probe split',
      'with a 95\u00a0% bootstrap interval of 1000 resamples of images.',
      'is nearly dead where Pr[y>0] < ε = 0.01; how often one may yet fire on an image is bounded by the one-sided 99\u00a0% Clopper–Pearson bound',
      'at most τ = 0.025 times the mean over its layer',
      'revived where it fired again.',
      'Recorded besides: constructor (depth 2).',
      'Computed by onnx 1.2.3 on cpu (A processor, 4 cores, linux x64).',
      'Versions: reluctant 0.1.0.',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('are no longer than is read, whatever the configuration holds', () => {
    const text = withConfig({ architecture: { kind: 'vgg', layout: Array.from({ length: 10_000 }, () => '<b>') } });
    expect(text.length).toBeLessThan(3000);
  });
});
