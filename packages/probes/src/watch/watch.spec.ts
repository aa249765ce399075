import '@tensorflow/tfjs-backend-cpu';
import { ReluctantError, type Probe, type ProbeOutput, type Reading } from '@reluctant/core';
import { expectReluctantError } from '@reluctant/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import {
  CustomCallback,
  EarlyStopping,
  input,
  layers,
  model as functional,
  sequential,
  type LayersModel,
} from '@tensorflow/tfjs-layers';
import { EMPTY, filter, map } from 'rxjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  activationProbability,
  activationStats,
  deadUnits,
  gradient,
  preActivation,
  unitLifecycle,
  watch,
  type WatchOptions,
} from '../index.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const UNITS = 6;

/** Four inputs, a hidden layer with its ReLU fused, one output. */
function regression(): LayersModel {
  const model = sequential({
    layers: [
      layers.dense({ name: 'hidden', inputShape: [4], units: UNITS, activation: 'relu' }),
      layers.dense({ name: 'out', units: 1 }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return model;
}

const data = (images = 40, seed = 1) => ({
  x: tf.randomNormal([images, 4], 0, 1, 'float32', seed),
  y: tf.randomNormal([images, 1], 0, 1, 'float32', seed + 1),
});

const setBias = (model: LayersModel, bias: number) => {
  const layer = model.getLayer('hidden');
  const [kernel] = layer.getWeights();
  tf.tidy(() => layer.setWeights([kernel, tf.fill([UNITS], bias)]));
};

const readingsOf = (outputs: readonly ProbeOutput[]): readonly Reading[] =>
  outputs.filter((output) => output.type === 'probe.reading');
const readingOf = (outputs: readonly ProbeOutput[], probe: string, site?: string) =>
  readingsOf(outputs).find((reading) => reading.probe === probe && (site === undefined || reading.site === site))!;

/** Fired elements per unit of a layer's output, by tfjs's own layers. */
function firedAt(model: LayersModel, layer: string, x: tf.Tensor, call = 0): number[] {
  const cut = functional({ inputs: model.inputs, outputs: model.getLayer(layer).getOutputAt(call) as never });
  return tf.tidy(() => {
    const y = cut.predict(x) as tf.Tensor;
    return tf
      .sum(
        tf.greater(y, 0),
        y.shape.slice(0, -1).map((_, axis) => axis),
      )
      .arraySync() as number[];
  });
}

describe('as a callback of fit', () => {
  it('measures as training begins and after every epoch, on what the model then is', async () => {
    const model = regression();
    const { x, y } = data();
    const watcher = watch(model, { data: x });
    const seen: (readonly [number, number, readonly number[]])[] = [];
    watcher.readings$
      .pipe(
        filter((output) => output.type === 'probe.reading'),
        filter(({ probe }) => probe === 'activation-probability'),
        map(({ step, epoch, units }) => [step, epoch, units.fired] as const),
      )
      .subscribe((reading) => seen.push(reading));
    const expected = [[0, 0, firedAt(model, 'hidden', x)]];
    await model.fit(x, y, { epochs: 2, batchSize: 16, callbacks: watcher });
    await model.fit(x, y, { epochs: 1, batchSize: 40, callbacks: [watcher, { onEpochEnd: () => {} }] });
    expect(seen.map(([step, epoch]) => [step, epoch])).toEqual([
      [0, 0],
      [3, 1],
      [6, 2],
      [6, 2],
      [7, 3],
    ]);
    expect(seen[0]).toEqual(expected[0]);
    expect(seen.at(-1)).toEqual([7, 3, firedAt(model, 'hidden', x)]);
  });

  it('changes neither the training nor the model, and keeps no tensor', async () => {
    const { x, y } = data();
    const [watched, plain] = [regression(), regression()];
    plain.setWeights(watched.getWeights());
    const optimizer = watched.optimizer;
    const history = await plain.fit(x, y, { epochs: 3, batchSize: 8, shuffle: false });
    const tensors = tf.memory().numTensors;
    const same = await watched.fit(x, y, {
      epochs: 3,
      batchSize: 8,
      shuffle: false,
      callbacks: watch(watched, { data: x }),
    });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(same.history).toEqual(history.history);
    expect(watched.getWeights().map((weight) => weight.arraySync())).toEqual(
      plain.getWeights().map((weight) => weight.arraySync()),
    );
    expect(watched.layers.map(({ name }) => name)).toEqual(['hidden', 'out']);
    expect(
      watched.layers.map(({ inboundNodes, outboundNodes }) => [inboundNodes.length, outboundNodes.length]),
    ).toEqual(plain.layers.map(({ inboundNodes, outboundNodes }) => [inboundNodes.length, outboundNodes.length]));
    expect(watched.optimizer).toBe(optimizer);
  });

  it('measures every few steps when asked to, and at the end, never twice at one place', async () => {
    const model = regression();
    const { x, y } = data();
    const watcher = watch(model, { data: x, every: { steps: 2 }, probes: [deadUnits] });
    const steps: number[] = [];
    watcher.readings$.subscribe(({ step }) => steps.push(step));
    await model.fit(x, y, { epochs: 1, batchSize: 8, callbacks: watcher });
    expect(steps).toEqual([0, 2, 4, 5]);
  });

  it("goes beside tfjs's own callbacks when wrapped as one", async () => {
    const model = regression();
    const { x, y } = data();
    const watcher = watch(model, { data: x });
    await model.fit(x, y, {
      epochs: 2,
      callbacks: [new CustomCallback(watcher), new EarlyStopping({ monitor: 'loss' })],
    });
    expect(watcher.report()).toMatchObject({ epoch: 2, images: 40 });
  });
});

describe('in a loop of your own', () => {
  it('tells births, deaths and revivals', async () => {
    const model = regression();
    const { x, y } = data();
    const optimizer = tf.train.sgd(0.01);
    const watcher = watch(model, { data: x });
    expect(watcher.report()).toBeUndefined();
    expect(String(watcher)).toBe('Nothing has been measured yet.');
    for (const bias of [-99, 99, -99]) {
      setBias(model, bias);
      optimizer.minimize(() => tf.losses.meanSquaredError(y, model.predict(x) as tf.Tensor));
      await watcher.measure();
    }
    const report = watcher.report()!;
    expect(report).toMatchObject({ step: 2, epoch: 0, images: 40, epsilon: 0.01, confidence: 0.95 });
    expect(report.neverFiredUpper).toBeCloseTo(1 - 0.05 ** (1 / 40), 12);
    expect(report.layers).toEqual([
      {
        ...{ name: 'hidden/relu', layer: 'hidden', depth: 1, kind: 'dense', units: UNITS, positions: 1, skip: false },
        ...{ activationProbability: 0, neverFired: UNITS, nearlyDead: UNITS, dormant: UNITS },
        ...{ bornDead: UNITS, revived: UNITS, died: UNITS },
      },
    ]);
    expect(String(watcher).split('\n')).toEqual([
      'layer        units  Pr[y>0]  never fired  nearly dead  dormant  born dead  died  revived',
      'hidden/relu      6    0.000            6            6        6          6     6        6',
      '',
      'After 2 steps (epoch 0), on 40 images in evaluation mode.',
      'Never fired: on none of them, so on at most 7.22 % of images (one-sided 95 % bound).',
      'Nearly dead: Pr[y>0] < 0.01, those that never fired included.',
    ]);
  });

  it('takes the position that it is told, and refuses to go back', async () => {
    const { x } = data();
    const watcher = watch(regression(), { data: x, step: 100, probes: [unitLifecycle] });
    expect(readingsOf(await watcher.measure()).map(({ step }) => step)).toEqual([100]);
    expect(
      readingsOf(await watcher.measure({ step: 250, epoch: 1.5 })).map(({ step, epoch }) => [step, epoch]),
    ).toEqual([[250, 1.5]]);
    for (const step of [249, 300.5, NaN]) await expectReluctantError(watcher.measure({ step }), 'CONFIG_INVALID');
    expect(readingsOf(await watcher.measure()).map(({ step }) => step)).toEqual([251]);
  });

  it('calls no unit born dead that was silent after steps unseen', async () => {
    const model = regression();
    setBias(model, -99);
    const watcher = watch(model, { data: data().x, step: 10 });
    await watcher.measure();
    expect(watcher.report()!.layers[0]).toMatchObject({ bornDead: 0, died: UNITS });
  });

  it('takes measurements that overlap one after another', async () => {
    const watcher = watch(regression(), { data: { x: data().x, batchSize: 7 } });
    const all = await Promise.all([watcher.measure(), watcher.measure(), watcher.measure()]);
    expect(all.map((outputs) => readingsOf(outputs)[0].step)).toEqual([0, 1, 2]);
    expect(readingsOf(all[2]).map(({ units }) => units)).toMatchObject(
      readingsOf(all[0]).map(({ probe, units }) => (probe === 'unit-lifecycle' ? {} : units)),
    );
  });
});

describe('what is measured', () => {
  it('is the same for every batch size', async () => {
    const model = regression();
    const { x } = data(23);
    const counts = async (batchSize: number) =>
      readingOf(await watch(model, { data: { x, batchSize } }).measure(), 'activation-probability').units;
    const whole = await counts(1000);
    for (const batchSize of [1, 4, 22, 23]) expect(await counts(batchSize)).toEqual(whole);
    expect(whole.fired).toEqual(firedAt(model, 'hidden', x));
  });

  it('is each call of a layer, in nested models too, with dropout off and moving statistics', async () => {
    const images = input({ shape: [6, 6, 2], name: 'images' });
    const relu = layers.reLU({ name: 'relu' });
    const first = relu.apply(layers.conv2d({ name: 'conv', filters: 3, kernelSize: 3, padding: 'same' }).apply(images));
    const norm = layers.batchNormalization({ name: 'norm' });
    const second = relu.apply(norm.apply(layers.dropout({ name: 'drop', rate: 0.9 }).apply(first)));
    const part = functional({ inputs: images, outputs: second as never, name: 'part' });
    norm.setWeights(
      [
        [1, -2, 1],
        [0.3, -0.2, -5],
        [0.5, 0.1, 0.2],
        [2, 3, 4],
      ].map((values) => tf.tensor1d(values)),
    );
    const outer = input({ shape: [6, 6, 2], name: 'outer' });
    const flat = layers.flatten({ name: 'flat' }).apply(part.apply(outer));
    const model = functional({ inputs: outer, outputs: layers.dense({ name: 'out', units: 2 }).apply(flat) as never });
    const x = tf.randomNormal([9, 6, 6, 2], 0, 1, 'float32', 4);
    const watcher = watch(model, { data: x });
    const outputs = await watcher.measure();
    expect(readingOf(outputs, 'activation-probability', 'part/relu').units.fired).toEqual(firedAt(part, 'relu', x, 0));
    expect(readingOf(outputs, 'activation-probability', 'part/relu#2').units.fired).toEqual(
      firedAt(part, 'relu', x, 1),
    );
    expect(watcher.report()!.layers.map(({ name, positions }) => [name, positions])).toEqual([
      ['part/relu', 36],
      ['part/relu#2', 36],
    ]);
  });

  it('is exact beyond 2^24 elements of a unit', async () => {
    const side = 511;
    const images = 65;
    const model = sequential({ layers: [layers.reLU({ name: 'relu', inputShape: [side, side, 1] })] });
    const x = tf.ones([images, side, side, 1]);
    const [reading] = readingsOf(
      await watch(model, { data: { x, batchSize: 16 }, probes: [activationProbability] }).measure(),
    );
    x.dispose();
    expect(images * side * side).toBeGreaterThan(2 ** 24);
    expect((images * side * side) % 2).toBe(1);
    expect(reading.units).toMatchObject({ fired: [images * side * side], imagesFired: [images], pr: [1] });
  });

  it('is what the probes are told, and what they see of pre-activations inside fused layers', async () => {
    const model = regression();
    setBias(model, -99);
    const watcher = watch(model, {
      data: data().x,
      probes: [activationStats, preActivation, { probe: deadUnits, epsilon: 0.5, confidence: 0.9 }],
    });
    const outputs = await watcher.measure();
    expect(readingOf(outputs, 'dead-units').layer).toMatchObject({ epsilon: 0.5, confidence: 0.9 });
    for (const mean of readingOf(outputs, 'pre-activation').units.mean) expect(mean).toBeLessThan(-90);
    expect(watcher.report()!.layers[0]).toMatchObject({ activationProbability: null, neverFired: UNITS, died: null });
    expect(String(watcher).split('\n')[0]).toBe('layer        units  never fired  nearly dead');
  });
});

describe('probes that look at the network', () => {
  const readingTemplate: ProbeOutput = {
    ...{ type: 'probe.reading', probe: 'inspector', site: 'hidden/relu', on: 'probe-split', step: 0, epoch: 0 },
    ...{ images: 0, units: {}, layer: { answer: 42 } },
  };
  const inspector = (inspect: Probe['inspect'], taps: Probe['taps'] = () => []): Probe =>
    ({ ...deadUnits, kind: 'inspector', taps, readings: () => EMPTY, inspect }) as Probe;

  it('are shown its weights of the moment and their own samples', async () => {
    const model = regression();
    const seen: unknown[] = [];
    const probe = inspector(
      ({ parameters, samples, step }, _options) => {
        seen.push([step, Array.from(parameters['hidden/bias'].data), samples.map(({ values }) => Object.keys(values))]);
        return [{ ...readingTemplate, step }];
      },
      (sites) => sites.map(({ name }) => ({ site: name, at: 'activation', statistics: ['fired'], on: 'probe-split' })),
    );
    const watcher = watch(model, { data: data().x, probes: [deadUnits, probe] });
    setBias(model, 3);
    await watcher.measure();
    setBias(model, 4);
    const outputs = await watcher.measure();
    expect(seen).toEqual([
      [0, Array(UNITS).fill(3), [['fired', 'imagesFired']]],
      [1, Array(UNITS).fill(4), [['fired', 'imagesFired']]],
    ]);
    expect(readingOf(outputs, 'inspector')).toMatchObject({ step: 1, layer: { answer: 42 } });
  });

  it('may ask for no counters at all, and are named where they fail', async () => {
    const watcher = watch(regression(), {
      data: data().x,
      probes: [
        inspector(() => {
          throw new Error('no idea');
        }),
      ],
    });
    const error = await expectReluctantError(watcher.measure(), 'PROBE_FAILED');
    expect(error.message).toBe('Probe "inspector" failed: no idea');
  });
});

describe('refusals', () => {
  const refusal = (options: object, model = regression()) => {
    try {
      watch(model, { data: data().x, ...options } as WatchOptions);
    } catch (error) {
      if (ReluctantError.is(error)) return `${error.code} ${error.message}`;
      throw error;
    }
    return 'none';
  };
  const noRelu = () => sequential({ layers: [layers.dense({ inputShape: [4], units: 1 })], name: 'linear' });
  const recurrent = () =>
    sequential({
      layers: [layers.simpleRNN({ inputShape: [2, 4], units: 1, recurrentInitializer: 'zeros', name: 'rnn' })],
    });

  it.each<[string, string, () => string]>([
    [
      'a layer that is not read',
      'ENGINE_UNSUPPORTED Layer "rnn" (SimpleRNN): this class',
      () => refusal({}, recurrent()),
    ],
    ['a model without a ReLU', 'ENGINE_UNSUPPORTED The model "linear" has no ReLU', () => refusal({}, noRelu())],
    [
      'gradients',
      'ENGINE_UNSUPPORTED The probe "gradient" needs gradients, which watch does not see',
      () => refusal({ probes: [gradient] }),
    ],
    [
      'training batches',
      'ENGINE_UNSUPPORTED The probe "activation-probability" needs training batches',
      () => refusal({ probes: [{ probe: activationProbability, training: true }] }),
    ],
    [
      'images of another shape',
      'DATASET_CORRUPT watch: the data have the shape [5, 3]; the model takes [images, 4].',
      () => refusal({ data: tf.zeros([5, 3]) }),
    ],
    ['no image', 'DATASET_CORRUPT watch: the data hold no image', () => refusal({ data: tf.zeros([0, 4]) })],
    ['no tensor', 'CONFIG_INVALID watch: data.x: must be a tensor', () => refusal({ data: { x: [1, 2] } })],
    [
      'a wrong batch size',
      'CONFIG_INVALID watch: data.batchSize:',
      () => refusal({ data: { x: tf.zeros([1, 4]), batchSize: 0 } }),
    ],
    [
      'an unknown option',
      'CONFIG_INVALID watch: Unknown key "evry". Did you mean "every"?',
      () => refusal({ evry: 'epoch' }),
    ],
    ['a wrong interval', 'CONFIG_INVALID watch: every: must be "epoch", or', () => refusal({ every: 'step' })],
    ['what is no probe', 'CONFIG_INVALID watch: probes.0: must be a probe', () => refusal({ probes: ['dead-units'] })],
    [
      'a probe twice',
      'CONFIG_INVALID watch: the probe "dead-units" is listed twice',
      () => refusal({ probes: [deadUnits, { probe: deadUnits, epsilon: 0.1 }] }),
    ],
    [
      "a probe's unknown option",
      'CONFIG_INVALID watch: the options of "dead-units": Unknown key "epsilom". Did you mean "epsilon"?',
      () => refusal({ probes: [{ probe: deadUnits, epsilom: 0.1 }] }),
    ],
    [
      'an unknown site',
      'CONFIG_INVALID No ReLU is called "hiden". Did you mean "hidden"?',
      () => refusal({ probes: [{ probe: deadUnits, sites: ['hiden'] }] }),
    ],
  ])('of %s', (_, message, refused) => {
    expect(refused()).toContain(message);
  });

  it('of weights that have diverged: nothing is said, and watching goes on once they are numbers again', async () => {
    const model = regression();
    const watcher = watch(model, { data: data().x });
    setBias(model, NaN);
    const tensors = tf.memory().numTensors;
    const error = await expectReluctantError(watcher.measure(), 'RUN_DIVERGED');
    expect(error.message).toContain('"hidden/relu"');
    expect(tf.memory().numTensors).toBe(tensors);
    expect(watcher.report()).toBeUndefined();
    setBias(model, 99);
    await watcher.measure();
    expect(watcher.report()!.layers[0]).toMatchObject({ activationProbability: 1, bornDead: 0 });
  });

  it('of data that have been disposed of', async () => {
    const { x } = data();
    const watcher = watch(regression(), { data: x });
    x.dispose();
    expect((await expectReluctantError(watcher.measure(), 'CONFIG_INVALID')).message).toContain('disposed');
  });

  it('of a probe that fails, by name, now and later; no tensor is kept', async () => {
    const broken: Probe = {
      ...deadUnits,
      kind: 'broken',
      readings: (samples$) =>
        samples$.pipe(
          map(() => {
            throw new Error('no idea');
          }),
        ),
    } as Probe;
    const watcher = watch(regression(), { data: data().x, probes: [broken] });
    const tensors = tf.memory().numTensors;
    for (let time = 0; time < 2; time++) {
      const error = await expectReluctantError(watcher.measure(), 'PROBE_FAILED');
      expect(error.message).toBe('Probe "broken" failed: no idea');
    }
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
