import { join } from 'node:path';
import { vgg } from '@reluctant/arch-vgg';
import {
  createInitializerFactory,
  normalCdf,
  plugins,
  resolveExperiment,
  runExperiment,
  RunStore,
  type Reading,
} from '@reluctant/core';
import { onnxEngine } from '@reluctant/engine-onnx';
import { certifyDead } from '@reluctant/probes';
import { describe, expect, it } from 'vitest';
import { compose } from './compose.js';
import { temporaryFolder } from './testing/run-cli.js';

const PLANTED = join(import.meta.dirname, 'testing/plugins/planted.js');

async function runOf(document: Record<string, unknown>) {
  const container = await compose({ runs: join(await temporaryFolder(), 'runs'), plugins: [PLANTED] });
  const { id } = await runExperiment(resolveExperiment(document, plugins(container), 'test'), container);
  return container.get(RunStore).open(id);
}

describe('a network that is looked at while an engine trains it', () => {
  const planted = {
    dataset: 'levels',
    architecture: 'planted',
    engine: 'onnx',
    training: { epochs: 1, batchSize: 64, learningRate: 0 },
  };

  it.each([
    [3, [1, 0, 0, 0]],
    [1.9, [1, 0, 0, 1]],
  ])('has certificates for what was planted: levels up to %f', async (most, certified) => {
    // relu(−1), relu(x), relu(1) and relu(x − 2).
    const probe = { kind: 'certified-dead', inputRange: { lower: [-1], upper: [most] } };
    const readings = await (await runOf({ ...planted, probes: [probe] })).readings({ probe: 'certified-dead' });
    expect(readings.map(({ step }) => step)).toEqual([0, 4]);
    for (const { units, images } of readings) {
      expect(units.certifiedDead).toEqual(certified);
      [-1, most, 1, most - 2].forEach((bound, unit) => expect(units.upper[unit]).toBeCloseTo(bound, 4));
      expect(images).toBe(0);
    }
  });

  it('ends the run, or goes without, where nobody says where the inputs lie', async () => {
    const document = { ...planted, probes: ['certified-dead', 'dead-units'] };
    await expect(runOf(document)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    const reader = await runOf({ ...document, measurement: { onProbeFailure: 'drop' } });
    expect((await reader.readings()).map(({ probe }) => probe)).toEqual(['dead-units', 'dead-units']);
  });

  it('stays below the bounds in the engine’s own arithmetic, which are close to what it computes', async () => {
    await onnxEngine.prepare(onnxEngine.options.parse({}));
    const initializers = createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1);
    // Of the second convolution's size the engine computes some by Winograd's algorithm.
    const options = vgg.options.parse({ layout: [64, 'M', 128, 'M'], batchNorm: false });
    const network = vgg.build(options, { inputShape: [32, 32, 3], classes: 2 }, initializers);
    const taps = network.sites.map(({ name }) => {
      return { site: name, at: 'preactivation', statistics: ['max'], on: 'probe-split' } as const;
    });
    const plan = {
      optimizer: { kind: 'sgd', weightDecay: 0, decayOn: 'kernels' },
      loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
      taps,
      seed: 1,
    } as const;
    const session = await onnxEngine.open(network, plan, onnxEngine.options.parse({}));
    // One image of one colour: the range is a point.
    const colour = [0.9, -1.3, 0.2].map(Math.fround);
    const x = Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => colour[i % 3]);
    const evaluation = await session.evaluate({ size: 1, x, y: Int32Array.of(0) });
    const certificates = certifyDead(network, { lower: colour, upper: colour }, session.winograd);
    certificates.forEach(({ site, upper }) => {
      const { max } = evaluation.taps.find((tap) => tap.site === site.name)!.values;
      upper.forEach((bound, unit) => {
        expect(max![unit]).toBeLessThanOrEqual(bound);
        expect(bound - max![unit]).toBeLessThan(0.5);
      });
    });
    await session.close();
    network.model.dispose();
  });

  it('never fires where it has a certificate, and has the theory of its batch normalisations beside the counts', async () => {
    const reader = await runOf({
      seed: 3,
      dataset: { kind: 'textures', trainSize: 96, testSize: 60 },
      architecture: { kind: 'vgg', layout: [6, 'M', 8, 'M', 8, 'M'], head: [8] },
      initializer: 'he-normal',
      engine: 'onnx',
      // So fast that units die.
      training: { epochs: 3, batchSize: 16, learningRate: 2, optimizer: 'sgd' },
      probes: ['dead-units', 'certified-dead', 'batch-norm-theory'],
    });
    const [dead, certified, theory] = await Promise.all(
      ['dead-units', 'certified-dead', 'batch-norm-theory'].map((probe) => reader.readings({ probe })),
    );
    const { sites } = reader.summary.manifest.network!;
    expect([dead.length, certified.length, theory.length]).toEqual([4, 4, 4].map((looks) => looks * sites.length));
    const at = (readings: readonly Reading[], { site, step }: Reading) =>
      readings.find((other) => other.site === site && other.step === step)!;
    let certificates = 0;
    for (const reading of certified) {
      const { neverFired } = at(dead, reading).units;
      reading.units.certifiedDead.forEach((flag, unit) => expect(flag).toBeLessThanOrEqual(neverFired[unit]));
      certificates += reading.layer.certifiedDead;
    }
    expect(certificates).toBeGreaterThan(0);

    const { state } = (await reader.latestCheckpoint())!;
    for (const { site, step, units, layer } of theory.slice(-sites.length)) {
      const number = /^relu(\d)$/.exec(site)?.[1];
      const scale = state[`bn${number}/gamma`]?.data;
      expect([site, step, layer.covered]).toEqual([site, 18, Number(scale !== undefined)]);
      if (!scale) continue;
      const shift = state[`bn${number}/beta`].data;
      expect(units.theoryPr).toEqual(Array.from(scale, (gamma, unit) => normalCdf(shift[unit] / Math.abs(gamma))));
      expect(layer.meanDeviation).toBeLessThan(0.5);
    }
  });
});
