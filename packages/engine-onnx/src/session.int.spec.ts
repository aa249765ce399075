import { slotName, type NetworkGraph, type TrainingPlan } from '@reluctant/core';
import { expectReluctantError } from '@reluctant/core/testing';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { stockRuntime } from './runtime/stock-runtime.js';
import { OnnxSession } from './session.js';

/** Two inputs, two classes: logits = x·W. */
const graph: NetworkGraph = {
  nodes: [
    { name: 'x', layer: 'x', operation: { op: 'input' }, inputs: [], shape: [2] },
    { name: 'logits', layer: 'logits', operation: { op: 'dense', kernel: 'logits/kernel' }, inputs: ['x'], shape: [2] },
  ],
  parameters: [{ name: 'logits/kernel', shape: [2, 2], trainable: true, role: 'kernel' }],
  input: 'x',
  output: 'logits',
};
const plan: TrainingPlan = {
  optimizer: { kind: 'momentum', momentum: 0.5, weightDecay: 0, decayOn: 'kernels' },
  loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
  taps: [],
  seed: 1,
};
const kernel = [0, 0, 0, 0];
const batch = { size: 1, x: Float32Array.of(1, 2), y: Int32Array.of(1) };

function open(onClose: (parameters: unknown) => void = () => undefined): OnnxSession {
  const initial = { 'logits/kernel': { shape: [2, 2], data: Float32Array.from(kernel) } };
  return new OnnxSession(
    stockRuntime(ort),
    { graph, sites: [] },
    initial,
    plan,
    { provider: 'cpu', threads: 1, spinning: false },
    onClose,
  );
}

describe('OnnxSession', () => {
  it('takes the steps that one takes by hand', async () => {
    const session = open();
    const { loss, correct } = await session.trainStep(batch, { learningRate: 0.1, step: 0 });
    expect(loss).toBeCloseTo(Math.log(2), 6);
    expect(correct).toBe(0);
    // p − t = (½, −½); the gradient is its outer product with x = (1, 2).
    const state = await session.readState();
    expect([...state[slotName('velocity', 'logits/kernel')].data]).toEqual([0.5, -0.5, 1, -1]);
    const expected = [-0.05, 0.05, -0.1, 0.1];
    state['logits/kernel'].data.forEach((weight, i) => expect(weight).toBeCloseTo(expected[i], 7));
    await session.close();
  });

  it('keeps its state where a step is refused', async () => {
    const session = open();
    const before = await session.readState();
    const outside = { ...batch, y: Int32Array.of(7) };
    await expectReluctantError(session.trainStep(outside, { learningRate: 0.1, step: 0 }), 'DATASET_CORRUPT');
    expect(await session.readState()).toEqual(before);
    await session.close();
  });

  it('refuses a state whose numbers are of another type', async () => {
    const session = open();
    const state = await session.readState();
    const wrong = { ...state, 'logits/kernel': { shape: [2, 2], data: new Float64Array(4) } };
    const error = await expectReluctantError(session.writeState(wrong), 'RUN_CORRUPT');
    expect(error.message).toContain('"logits/kernel" in another type than float32');
    await session.close();
  });

  it('hands over its parameters once, and does nothing more after that', async () => {
    const handedOver: unknown[] = [];
    const session = open((parameters) => handedOver.push(parameters));
    await session.close();
    await session.close();
    expect(handedOver).toHaveLength(1);
    await expectReluctantError(session.evaluate(batch), 'INTERNAL');
    await expectReluctantError(session.readState(), 'INTERNAL');
  });
});
