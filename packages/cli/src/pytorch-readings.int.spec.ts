import {
  mergeTaps,
  readNetwork,
  TapWindow,
  writeParameters,
  type Engine,
  type Probe,
  type Reading,
  type ReluSite,
  type Session,
  type StepResult,
  type Tap,
  type TapSeries,
} from '@reluctant/core';
import { drawBatch, drawParameters, expectReadings, fixtureModel, pytorchFixtures } from '@reluctant/core/testing';
import { onnxEngine } from '@reluctant/engine-onnx';
import { cpuEngine } from '@reluctant/engine-tensorflow';
import * as exported from '@reluctant/probes';
import { from } from 'rxjs';
import { describe, it, onTestFinished } from 'vitest';

const fixture = pytorchFixtures().find(({ name }) => name === 'every kind of site')!;
/** Those of whose statistics the fixtures tell: `exceedances` are checked where the engines are, by hand. */
const probes = Object.values(exported).filter(
  (value): value is Probe<never> =>
    typeof value === 'object' && 'readings' in value && value !== exported.activationHistogram,
) as Probe[];

/** Every probe, measuring training batches too where it can. */
const chosen = probes.map((probe) => ({
  probe,
  options: probe.options.parse('training' in probe.options.shape ? { training: true } : {}),
}));

async function open(engine: Engine, engineOptions: object) {
  const options = engine.options.parse(engineOptions);
  await engine.prepare(options);
  const network = readNetwork(fixtureModel(fixture.name));
  writeParameters(network, drawParameters(network, fixture));
  const taps = mergeTaps(chosen.flatMap(({ probe, options }) => probe.taps(network.sites, options)));
  const { optimizer, labelSmoothing, seed } = fixture;
  const plan = { optimizer, loss: { kind: 'softmax-cross-entropy', labelSmoothing } as const, taps, seed };
  const session = await engine.open(network, plan, options);
  onTestFinished(async () => {
    await session.close();
    network.model.dispose();
  });
  return { session, taps, sites: network.sites };
}

function readingsOf(
  { taps: values }: StepResult,
  { taps, sites }: { readonly taps: readonly Tap[]; readonly sites: readonly ReluSite[] },
  on: TapSeries,
  images: number,
): Reading[] {
  const samples = taps
    .filter((tap) => tap.on === on)
    .map((tap) => {
      const window = new TapWindow(
        tap,
        sites.find(({ name }) => name === tap.site)!,
      );
      window.add(
        values.find(({ site, at }) => site === tap.site && at === tap.at)!,
        images,
      );
      return window.toSample({ step: 0, epoch: 0 });
    });
  const readings: Reading[] = [];
  for (const { probe, options } of chosen) {
    probe.readings(from(samples), { sites }, options).subscribe((output) => {
      if (output.type === 'probe.reading') readings.push(output);
    });
  }
  return readings;
}

const train = (session: Session, step: number) =>
  session.trainStep(drawBatch(fixture, step, fixture.batchSizes[step]), { learningRate: fixture.learningRate, step });

describe('on a fixed network and batch, what the probes say through an engine is what PyTorch has', () => {
  it.each<[string, Engine, object]>([
    ['onnx, fast strategies', onnxEngine as Engine, { threads: 1, worker: false, strategies: 'auto' }],
    ['onnx, plain strategies', onnxEngine as Engine, { threads: 1, worker: false, strategies: 'plain' }],
    ['cpu', cpuEngine as Engine, {}],
  ])('%s', async (_, engine, engineOptions) => {
    const { session, ...watched } = await open(engine, engineOptions);
    const first = await train(session, 0);
    expectReadings(
      readingsOf(first, watched, 'training-step', fixture.batchSizes[0]),
      fixture.steps[0].readings!,
      1e-4,
    );
    for (let step = 1; step < fixture.steps.length; step++) await train(session, step);
    const images = 5;
    const evaluated = await session.evaluate(drawBatch(fixture, fixture.steps.length, images));
    expectReadings(readingsOf(evaluated, watched, 'probe-split', images), fixture.evaluation.readings!, 2e-4);
  });
});
