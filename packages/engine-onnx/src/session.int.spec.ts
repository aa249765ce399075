import { slotName, type NetworkGraph, type TrainingPlan } from '@reluctant/core';
import { expectReluctantError } from '@reluctant/core/testing';
import { describe, expect, it } from 'vitest';
import { openRuntime } from './runtime/open-runtime.js';
import type { Runtime } from './runtime/runtime.js';
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

async function openSession(kind: Runtime['name'], onClose: (parameters: unknown) => void): Promise<OnnxSession> {
  const runtime = await openRuntime({ runtime: kind, provider: 'cpu' });
  const initial = { 'logits/kernel': { shape: [2, 2], data: Float32Array.from(kernel) } };
  return new OnnxSession(
    runtime,
    { graph, sites: [] },
    initial,
    plan,
    { provider: 'cpu', threads: 1, spinning: 0 },
    onClose,
  );
}

describe.each(['native', 'stock'] as const)('OnnxSession, %s runtime', (kind) => {
  const open = (onClose: (parameters: unknown) => void = () => undefined) => openSession(kind, onClose);

  it('takes the steps that one takes by hand', async () => {
    const session = await open();
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
    const session = await open();
    const before = await session.readState();
    const outside = { ...batch, y: Int32Array.of(7) };
    await expectReluctantError(session.trainStep(outside, { learningRate: 0.1, step: 0 }), 'DATASET_CORRUPT');
    expect(await session.readState()).toEqual(before);
    await session.close();
  });

  it('refuses a state whose numbers are of another type', async () => {
    const session = await open();
    const state = await session.readState();
    const wrong = { ...state, 'logits/kernel': { shape: [2, 2], data: new Float64Array(4) } };
    const error = await expectReluctantError(session.writeState(wrong), 'RUN_CORRUPT');
    expect(error.message).toContain('"logits/kernel" in another type than float32');
    await session.close();
  });

  it('goes on from the state that it is given, whatever becomes of that', async () => {
    const session = await open();
    const state = await session.readState();
    state['logits/kernel'].data.set([1, 2, 3, 4]);
    await session.writeState(state);
    state['logits/kernel'].data.set([9, 9, 9, 9]);
    const { loss } = await session.evaluate(batch);
    // Logits (1, 2)·[[1, 2], [3, 4]] = (7, 10), of which the second is right.
    expect(loss).toBeCloseTo(Math.log(1 + Math.exp(-3)), 6);
    await session.close();
  });

  it('ends in an error, not in a crash, where it is closed during a step', async () => {
    const session = await open();
    const step = session.trainStep(batch, { learningRate: 0.1, step: 0 });
    const ended = Promise.allSettled([step, session.close()]);
    expect((await ended)[1].status).toBe('fulfilled');
    await expectReluctantError(session.readState(), 'INTERNAL');
  });

  it('hands over its parameters once, and does nothing more after that', async () => {
    const handedOver: unknown[] = [];
    const session = await open((parameters) => handedOver.push(parameters));
    await session.close();
    await session.close();
    expect(handedOver).toHaveLength(1);
    await expectReluctantError(session.evaluate(batch), 'INTERNAL');
    await expectReluctantError(session.readState(), 'INTERNAL');
  });
});
