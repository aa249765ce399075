import {
  Random,
  readNetwork,
  readParameters,
  UNIT_STATISTICS,
  type Batch,
  type Network,
  type Session,
  type TrainingPlan,
} from '@reluctant/core';
import { initializers, input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { blockedDevice } from '../testing/blocked-device.js';
import { onnxEngine } from '../engine.js';
import { openRuntime } from '../runtime/open-runtime.js';
import { OnnxSession } from '../session.js';
import { absorbPadding } from './absorb-padding.js';
import { planLowering } from './lower-network.js';
import { nodeSignatures } from './node-signature.js';
import { strategyNames } from './rule-table.js';
import type { StrategyChoices } from './lower-network.js';

const device = await blockedDevice();

/** A network in which every layout meets every other, with taps between fused and unfused operations. */
function network(): Network {
  let seed = 1;
  const weights = () => ({ kernelInitializer: initializers.heNormal({ seed: seed++ }) });
  const conv = (filters: number, strides = 1) =>
    layers.conv2d({ filters, kernelSize: 3, padding: 'same', strides, ...weights() });
  const image = input({ shape: [16, 16, 3] });
  const apply = (
    layer: { apply(x: SymbolicTensor | SymbolicTensor[]): unknown },
    x: SymbolicTensor | SymbolicTensor[],
  ) => layer.apply(x) as SymbolicTensor;

  let x = apply(layers.reLU(), apply(conv(32), image));
  const residual = x;
  x = apply(layers.reLU(), apply(layers.batchNormalization(), apply(conv(32), x)));
  x = apply(layers.batchNormalization(), apply(conv(32), x));
  x = apply(layers.reLU(), apply(layers.add(), [x, residual]));
  // Not a multiple of the block: plain in the midst of blocked ones.
  const odd = apply(layers.reLU(), apply(conv(20), x));
  x = apply(layers.concatenate(), [apply(layers.leakyReLU({ alpha: 0.1 }), x), apply(conv(32), odd)]);
  x = apply(layers.maxPooling2d({ poolSize: 2 }), apply(layers.reLU(), x));
  x = apply(layers.dropout({ rate: 0.3, seed: 1 }), x);
  const shortcut = apply(layers.averagePooling2d({ poolSize: 1, strides: 2 }), x);
  x = apply(layers.zeroPadding2d({ padding: 1 }), x);
  x = apply(layers.conv2d({ filters: 64, kernelSize: 3, strides: 2, ...weights() }), x);
  x = apply(layers.reLU(), apply(layers.add(), [x, shortcut]));
  // 4×4 maps of 128 channels: rows.
  x = apply(layers.conv2d({ filters: 128, kernelSize: 1, ...weights() }), x);
  x = apply(layers.reLU(), apply(conv(128), x));
  x = apply(layers.reLU(), apply(layers.batchNormalization(), apply(conv(128), x)));
  x = apply(layers.reLU(), apply(conv(128), x));
  x = apply(layers.maxPooling2d({ poolSize: 2 }), x);
  x = apply(layers.reLU(), apply(conv(144), x));
  const pooled = apply(layers.globalAveragePooling2d({}), x);
  const flat = apply(layers.flatten(), apply(layers.maxPooling2d({ poolSize: 2 }), x));
  const logits = layers.dense({ units: 5, ...weights() });
  return readNetwork(model({ inputs: image, outputs: apply(logits, apply(layers.concatenate(), [pooled, flat])) }));
}

function planFor({ sites }: Network): TrainingPlan {
  const points = ['activation', 'preactivation', 'gradient'] as const;
  return {
    optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 1e-3, decayOn: 'kernels' },
    loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0.1 },
    taps: sites.flatMap(({ name }, i) => {
      // Every third site has nothing but its activation tapped, so that its ReLU is fused where it can be.
      const at = i % 3 === 0 ? points.slice(0, 1) : points;
      return at.map((point) => ({ site: name, at: point, statistics: UNIT_STATISTICS, on: 'training-step' as const }));
    }),
    seed: 5,
  };
}

const open = (trained: Network, strategies: 'auto' | 'plain'): Promise<Session> => {
  const options = onnxEngine.options.parse({ strategies, threads: 1, worker: false });
  return onnxEngine.open(trained, planFor(trained), options);
};

async function openChosen(trained: Network, choices: StrategyChoices): Promise<Session> {
  const runtime = await openRuntime({ runtime: 'auto', provider: 'cpu' });
  const placement = { ...device, spinning: 0 };
  const initial = readParameters(trained);
  return new OnnxSession(runtime, trained, initial, planFor(trained), placement, () => undefined, choices);
}

const batchOf = (size: number): Batch => ({
  size,
  x: Float32Array.from({ length: size * 768 }, (_, i) => Math.sin(i * 1.7 + size) + Math.cos(i * 0.13)),
  y: Int32Array.from({ length: size }, (_, i) => i % 5),
});

/** Largest difference between two lists, against the largest number in a third, or 1e-3: smaller ones may be nothing but rounding. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>, scaleOf: ArrayLike<number> = b): number {
  let worst = 0;
  let scale = 1e-3;
  for (let i = 0; i < a.length; i++) {
    worst = Math.max(worst, Math.abs(a[i] - b[i]));
    scale = Math.max(scale, Math.abs(scaleOf[i]));
  }
  return worst / scale;
}

describe.skipIf(device.block === undefined)('a network of all layouts', () => {
  beforeAll(() => onnxEngine.prepare(onnxEngine.options.parse({})));

  it.each([device.block ?? 16, 5, 1])('trains as with plain strategies, batch %i', async (size) => {
    // One network for both: masks of dropout are drawn by the names of its layers.
    const trained = network();
    await expectSameTraining(await open(trained, 'auto'), await open(trained, 'plain'), batchOf(size));
  });

  it.each([1, 2])('trains as with plain strategies, whatever strategies are chosen (seed %i)', async (seed) => {
    const trained = network();
    const random = new Random(seed, 'choices');
    const names = strategyNames('conv2d');
    const signatures = [...nodeSignatures(absorbPadding(trained.graph)).values()];
    const choices = Object.fromEntries(signatures.map((signature) => [signature, names[random.integer(names.length)]]));
    const convolutions = planLowering(trained.graph, device, choices).nodes.filter(
      ({ node }) => node.operation.op === 'conv2d',
    );
    expect(new Set(convolutions.map(({ strategy }) => strategy.name)).size).toBeGreaterThan(2);
    await expectSameTraining(await openChosen(trained, choices), await open(trained, 'plain'), batchOf(8));
  });
});

async function expectSameTraining(fast: Session, plain: Session, batch: Batch): Promise<void> {
  for (const step of [0, 1]) {
    const [a, b] = await Promise.all(
      [fast, plain].map((session) => session.trainStep(batch, { learningRate: 1e-3, step })),
    );
    expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-5);
    a.taps.forEach((tap, i) => {
      const expected = b.taps[i];
      for (const [statistic, values] of Object.entries(tap.values)) {
        const what = `${tap.site} ${tap.at} ${statistic}, step ${step}`;
        const counted = ['fired', 'imagesFired', 'positionFired'].includes(statistic);
        const reference = expected.values[statistic as 'sum']!;
        // Normalised values add up to nothing but rounding.
        const scale = statistic === 'sum' ? expected.values.sumAbs : reference;
        const wrong = difference(values, reference, scale);
        expect(
          values.every((value) => !counted || Number.isInteger(value)),
          what,
        ).toBe(true);
        // A value within rounding of 0 may be counted on one side only.
        expect(wrong, what).toBeLessThan(counted ? 0.02 : 1e-3);
      }
    });
  }
  const [a, b] = [await fast.readState(), await plain.readState()];
  for (const name of Object.keys(b)) expect(difference(a[name].data, b[name].data), name).toBeLessThan(2e-3);
  const [tested, expected] = await Promise.all([fast, plain].map((session) => session.evaluate(batch)));
  expect(Math.abs(tested.loss - expected.loss)).toBeLessThan(1e-4);
  await fast.writeState(b);
  expect(await fast.readState()).toEqual(b);
  await Promise.all([fast.close(), plain.close()]);
}
